// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.event.Place;
import org.myrhiza.hash.TrieHash;

/**
 * The places that begin with certain bits: a range of the canonical order.
 *
 * @param bits how many bits, from 0 (all places) to {@link #PLACE_BITS} (one place)
 * @param bytes the bits in whole bytes, zero bits at the end
 */
public record Prefix(int bits, Bytes bytes) implements Comparable<Prefix> {
  /** Bits of a place. */
  public static final int PLACE_BITS = Place.KEY_BYTES * 8;

  /** All places. */
  public static final Prefix ALL = new Prefix(0, Bytes.EMPTY);

  /** The number of bits ({@code u16}), then the bytes. */
  public static final Codec<Prefix> CODEC = Codec.of(Prefix::write, Prefix::read);

  /**
   * Checks the bits.
   *
   * @throws IllegalArgumentException if there are too many, or the bytes are not as many as they
   *     need, or bits after them are set
   */
  public Prefix {
    boolean fits = bits >= 0 && bits <= PLACE_BITS && bytes.size() == TrieHash.prefixBytes(bits);
    if (!fits || !TrieHash.prefix(bytes, bits).equals(bytes)) {
      throw new IllegalArgumentException("a prefix of " + bits + " bits in " + bytes.toHex());
    }
  }

  /** Returns the first bits of a path of at least as many. */
  static Prefix of(Bytes path, int bits) {
    return new Prefix(bits, TrieHash.prefix(path, bits));
  }

  /** Returns the first of the places, as the bytes of its key. */
  Bytes first() {
    return bytes.plus(Bytes.zeros(Place.KEY_BYTES - bytes.size()));
  }

  /** Returns whether all places of another prefix are among these. */
  public boolean covers(Prefix other) {
    return other.bits >= bits && TrieHash.prefix(other.bytes, bits).equals(bytes);
  }

  /** Ascending by the first place, wider ones first. */
  @Override
  public int compareTo(Prefix other) {
    int order = first().compareTo(other.first());
    return order == 0 ? Integer.compare(bits, other.bits) : order;
  }

  private static void write(CanonicalWriter w, Prefix prefix) {
    w.u16(prefix.bits).fixed(prefix.bytes);
  }

  private static Prefix read(CanonicalReader r) {
    int bits = r.at("bits of a prefix").u16();
    if (bits > PLACE_BITS) {
      throw r.fail("bits of a prefix", Integer.toString(bits), "0 to " + PLACE_BITS);
    }
    Bytes bytes = r.fixed(TrieHash.prefixBytes(bits));
    if (!TrieHash.prefix(bytes, bits).equals(bytes)) {
      throw r.fail("bits after a prefix", bytes.toHex(), "zero");
    }
    return new Prefix(bits, bytes);
  }
}
