// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.List;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.Frontier;

/**
 * What an asker holds: told here, or the heads that it told in a hello.
 *
 * @param revision the hello's revision; 0 when the heads are told here
 * @param frontier the heads; empty when a revision is named
 * @param without keys of which the asker does not claim to hold anything, though the revision has
 *     heads of them; strictly ascending
 */
public record Known(long revision, Frontier frontier, List<PublicKey> without) {
  private static final int MOST = org.myrhiza.log.Limits.FRONTIER_TIPS;

  /** Copies the list. */
  public Known {
    without = List.copyOf(without);
  }

  /** Heads that are told here. */
  public static Known of(Frontier frontier) {
    return new Known(0, frontier, List.of());
  }

  static void write(CanonicalWriter w, Known known) {
    w.u64(known.revision);
    if (known.revision == 0) {
      Frontier.CODEC.write(w, known.frontier);
    } else {
      w.set(known.without, MOST, PublicKey.CODEC);
    }
  }

  static Known read(CanonicalReader r) {
    long revision = r.u64();
    if (revision < 0) {
      throw r.fail("revision of heads", Long.toUnsignedString(revision), "0 to 2^63 - 1");
    }
    return revision == 0
        ? of(Frontier.CODEC.read(r))
        : new Known(revision, Frontier.NOTHING, r.set(MOST, PublicKey.CODEC));
  }
}
