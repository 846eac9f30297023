// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.event.EventId;
import org.myrhiza.event.Place;
import org.myrhiza.hash.TrieHash;

/**
 * The held events of a range in few words: two peers that say the same hold the same there.
 *
 * @param prefix the range; of one event its whole place
 * @param count how many events, 0 and above
 * @param hash the hash of the log tree over them
 */
public record Subtree(Prefix prefix, int count, Bytes hash) {
  /** No event anywhere. */
  public static final Subtree NOTHING = new Subtree(Prefix.ALL, 0, TrieHash.EMPTY);

  /**
   * The prefix, then, unless it is a whole place, count and hash; one event's count and hash follow
   * from its place.
   */
  public static final Codec<Subtree> CODEC = Codec.of(Subtree::write, Subtree::read);

  /**
   * Checks the count.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public Subtree {
    if (count < 0) {
      throw new IllegalArgumentException("a count of " + count);
    }
  }

  /** Returns the subtree of one event. */
  static Subtree leaf(Bytes place) {
    return new Subtree(new Prefix(Prefix.PLACE_BITS, place), 1, hash(place));
  }

  static Bytes hash(Bytes place) {
    return TrieHash.leaf(place, Bytes.EMPTY, Bytes.EMPTY);
  }

  /** Returns whether it is one event, known by its place. */
  public boolean isLeaf() {
    return prefix.bits() == Prefix.PLACE_BITS;
  }

  /**
   * Returns the event of a leaf.
   *
   * @throws IllegalStateException if it is none
   */
  public EventId id() {
    if (!isLeaf()) {
      throw new IllegalStateException("not one event");
    }
    return new EventId(prefix.bytes().slice(Place.KEY_BYTES - ID_BYTES, Place.KEY_BYTES));
  }

  /** Returns whether the other has as many events of the same hash, whatever the prefix. */
  public boolean sameAs(Subtree other) {
    return count == other.count && hash.equals(other.hash);
  }

  private static final int ID_BYTES = org.myrhiza.bytes.Limits.ID_BYTES;

  private static void write(CanonicalWriter w, Subtree subtree) {
    Prefix.CODEC.write(w, subtree.prefix);
    if (!subtree.isLeaf()) {
      w.leb(subtree.count).fixed(subtree.hash);
    }
  }

  private static Subtree read(CanonicalReader r) {
    Prefix prefix = Prefix.CODEC.read(r);
    if (prefix.bits() == Prefix.PLACE_BITS) {
      return leaf(prefix.bytes());
    }
    int count = r.at("events of a subtree").lebInt(Integer.MAX_VALUE);
    return new Subtree(prefix, count, r.fixed(org.myrhiza.hash.Limits.HASH_BYTES));
  }
}
