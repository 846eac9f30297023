// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.myrhiza.hash.Limits;
import org.myrhiza.log.Cut;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.Prefix;
import org.myrhiza.log.Subtree;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Wish;
import org.myrhiza.testkit.Seeded;

/**
 * A log tree that nobody has: a member tells its root and no heads, so that peers ask for its
 * ranges.
 */
final class FalseTree {
  private static final int BYTE_BITS = 8;

  private final Seeded random;
  private final Subtree leaf;

  FalseTree(Seeded random) {
    this.random = random;
    Prefix place = new Prefix(Prefix.PLACE_BITS, random.nextBytes(Prefix.PLACE_BITS / BYTE_BITS));
    Subtree unhashed = new Subtree(place, 1, random.nextBytes(Limits.HASH_BYTES));
    leaf = Subtree.CODEC.decode(Subtree.CODEC.encode(unhashed)).orThrow();
  }

  /** Tells of a tree that holds one event, which is nobody's. */
  Message hello() {
    Subtree root = new Subtree(Prefix.ALL, leaf.count(), leaf.hash());
    return new Message.Hello(Frontier.NOTHING, Wish.NONE, Optional.of(root));
  }

  /** Takes the tree apart as it should be; its event is asked for then. */
  Message honestCuts(Message.Descend asked) {
    List<Cut> cuts = new ArrayList<>();
    for (Prefix range : asked.ranges()) {
      boolean within = range.covers(leaf.prefix());
      cuts.add(new Cut(range, within ? List.of(leaf) : List.of()));
    }
    return new Message.Cuts(asked.number(), cuts);
  }

  /** Takes it apart as it cannot be. */
  Message falseCuts(Message.Descend asked) {
    List<Cut> cuts = new ArrayList<>();
    for (Prefix range : asked.ranges()) {
      Prefix other = random.nextBoolean() ? range : leaf.prefix();
      Subtree itself = new Subtree(other, 1, random.nextBytes(Limits.HASH_BYTES));
      cuts.add(new Cut(other, random.nextBoolean() ? List.of(itself) : List.of(leaf, leaf)));
    }
    return new Message.Cuts(asked.number(), cuts);
  }
}
