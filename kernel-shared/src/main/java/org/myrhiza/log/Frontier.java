// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.bytes.Codec;
import org.myrhiza.identity.PublicKey;

/**
 * What a peer holds, told by the ends of its chains: whoever holds an event holds its whole past.
 *
 * @param tips strictly ascending by key, seq and id; at most 10,000
 */
public record Frontier(List<Tip> tips) {
  /** Nothing is held. */
  public static final Frontier NOTHING = new Frontier(List.of());

  private static final int VERSION = 0;
  private static final Codec<Tip> TIP = Codec.of(Tip::write, Tip::read);

  /** Version byte, then the tips. A decoder refuses any other order. */
  public static final Codec<Frontier> CODEC =
      Codec.of(
          (w, frontier) -> {
            w.u8(VERSION);
            w.set(frontier.tips, Limits.FRONTIER_TIPS, TIP);
          },
          r -> {
            r.version(VERSION);
            return new Frontier(r.set(Limits.FRONTIER_TIPS, TIP));
          });

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there are too many tips or they do not ascend
   */
  public Frontier {
    tips = List.copyOf(tips);
    if (tips.size() > Limits.FRONTIER_TIPS) {
      throw new IllegalArgumentException(tips.size() + " tips of " + Limits.FRONTIER_TIPS);
    }
    for (int i = 1; i < tips.size(); i++) {
      if (tips.get(i - 1).compareTo(tips.get(i)) >= 0) {
        throw new IllegalArgumentException("tip " + i + " does not ascend");
      }
    }
  }

  /** Returns the tips of one key, ascending; empty when the key is not listed. */
  public List<Tip> of(PublicKey key) {
    int low = 0;
    int high = tips.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (tips.get(middle).key().compareTo(key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    List<Tip> found = new ArrayList<>();
    while (low < tips.size() && tips.get(low).key().equals(key)) {
      found.add(tips.get(low++));
    }
    return found;
  }
}
