// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.List;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Codec;
import org.myrhiza.hash.TrieHash;

/**
 * A range of the log tree taken apart: subtrees that together hold all that is held there.
 *
 * @param of the range
 * @param parts at most {@link Limits#CUT_PARTS}; none when nothing is held there
 */
public record Cut(Prefix of, List<Subtree> parts) {
  /** The range, then the parts. */
  public static final Codec<Cut> CODEC =
      Codec.of(
          (w, cut) -> {
            Prefix.CODEC.write(w, cut.of);
            w.list(cut.parts, Limits.CUT_PARTS, Subtree.CODEC);
          },
          r -> new Cut(Prefix.CODEC.read(r), r.list(Limits.CUT_PARTS, Subtree.CODEC)));

  /** Copies the list. */
  public Cut {
    parts = List.copyOf(parts);
  }

  /**
   * Puts the parts together: what the range as a whole must have been said to be. Empty when they
   * cannot be parts of one tree: outside of the range, out of order, or one within another.
   */
  public Optional<Subtree> whole() {
    long count = 0;
    for (int i = 0; i < parts.size(); i++) {
      Subtree part = parts.get(i);
      if (!of.covers(part.prefix()) || part.count() == 0 || (i > 0 && !isApart(i))) {
        return Optional.empty();
      }
      count += part.count();
    }
    if (count > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    Bytes hash = parts.isEmpty() ? TrieHash.EMPTY : hash(0, parts.size());
    return Optional.of(new Subtree(of, (int) count, hash));
  }

  /** Whether a part comes after the one before it, neither within the other. */
  private boolean isApart(int index) {
    Prefix before = parts.get(index - 1).prefix();
    Prefix after = parts.get(index).prefix();
    int parting = TrieHash.parting(before.first(), after.first());
    return parting < before.bits()
        && parting < after.bits()
        && TrieHash.bit(after.first(), parting) == 1;
  }

  private Bytes hash(int from, int to) {
    if (to - from == 1) {
      return parts.get(from).hash();
    }
    Bytes first = parts.get(from).prefix().first();
    int parting = TrieHash.parting(first, parts.get(to - 1).prefix().first());
    int middle = from + 1;
    while (TrieHash.bit(parts.get(middle).prefix().first(), parting) == 0) {
      middle++;
    }
    return TrieHash.node(parting, first, hash(from, middle), hash(middle, to));
  }
}
