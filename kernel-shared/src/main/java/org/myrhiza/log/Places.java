// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Arrays;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.EventId;
import org.myrhiza.event.Place;

/**
 * The places of the events of a log by number, 56 bytes each without an object, and the way from an
 * id to its number: a hash table with open addressing.
 *
 * <p>Ids can be chosen by trying. Should somebody have found many that the table puts into one
 * stretch, it is made anew with other factors as soon as a search gets long.
 */
final class Places {
  private static final int CHUNK_BITS = 10;
  private static final int CHUNK_EVENTS = 1 << CHUNK_BITS;
  private static final int KEY = Place.KEY_BYTES;
  private static final int ID_AT = KEY - org.myrhiza.bytes.Limits.ID_BYTES;
  private static final int BYTE = 0xff;
  private static final int BYTE_BITS = 8;
  private static final int FIRST_SLOTS = 256;
  private static final int LONG_SEARCH = 256;
  private static final int MIX = 0x9e3779b1;
  private static final int FREE = 0;

  private byte[][] chunks = new byte[4][];
  private int size;

  /** Numbers, each plus one, at the slot that their id's bytes name or at the next free one. */
  private int[] slots = new int[FIRST_SLOTS];

  private int factor = MIX;

  /** Adds the place of the next number, whose id is not here. */
  void add(Place place) {
    add(place.key(), 0);
  }

  /**
   * Adds the place of the next number, whose id is not here.
   *
   * @param depth what stands in front of the other 48 bytes
   */
  void add(int depth, Bytes name) {
    add(name, Long.BYTES);
    int end = offset(size - 1) + Long.BYTES;
    byte[] chunk = chunks[(size - 1) >> CHUNK_BITS];
    for (int i = 1; i <= Integer.BYTES; i++) {
      chunk[end - i] = (byte) (depth >>> (BYTE_BITS * (i - 1)));
    }
  }

  private void add(Bytes bytes, int at) {
    int chunk = size >> CHUNK_BITS;
    if (chunk == chunks.length) {
      chunks = Arrays.copyOf(chunks, chunk * 2);
    }
    if ((size & CHUNK_EVENTS - 1) == 0) {
      chunks[chunk] = new byte[CHUNK_EVENTS * KEY];
    }
    bytes.copyTo(0, KEY - at, chunks[chunk], offset(size) + at);
    size++;
    if (size > slots.length / 2) {
      rebuild(slots.length * 2);
    } else if (insert(size - 1) > LONG_SEARCH) {
      factor = factor * MIX + 2;
      rebuild(slots.length);
    }
  }

  int size() {
    return size;
  }

  /** Makes room for so many. */
  void reserve(int events) {
    int capacity = slots.length;
    while (capacity / 2 < events) {
      capacity *= 2;
    }
    if (capacity > slots.length) {
      rebuild(capacity);
    }
  }

  /** Returns the depth that a place begins with. */
  int depth(int number) {
    byte[] chunk = chunks[number >> CHUNK_BITS];
    int end = offset(number) + Long.BYTES;
    int depth = 0;
    for (int i = end - Integer.BYTES; i < end; i++) {
      depth = (depth << BYTE_BITS) | (chunk[i] & BYTE);
    }
    return depth;
  }

  /** Compares two events by their places. */
  int compare(int one, int other) {
    byte[] left = chunks[one >> CHUNK_BITS];
    byte[] right = chunks[other >> CHUNK_BITS];
    int from = offset(one);
    int at = offset(other);
    for (int i = 0; i < KEY; i++) {
      int difference = (left[from + i] & BYTE) - (right[at + i] & BYTE);
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  /** Returns the first bit in which the places of two events differ. */
  int parting(int one, int other) {
    byte[] left = chunks[one >> CHUNK_BITS];
    byte[] right = chunks[other >> CHUNK_BITS];
    int from = offset(one);
    int at = offset(other);
    for (int i = 0; i < KEY; i++) {
      int difference = (left[from + i] ^ right[at + i]) & BYTE;
      if (difference != 0) {
        return firstBit(i, difference);
      }
    }
    return KEY * BYTE_BITS;
  }

  private static int firstBit(int index, int difference) {
    return index * BYTE_BITS
        + Integer.numberOfLeadingZeros(difference)
        - (Integer.SIZE - BYTE_BITS);
  }

  private static int offset(int number) {
    return (number & CHUNK_EVENTS - 1) * KEY;
  }

  /** Returns the 56 bytes of a place. */
  Bytes key(int number) {
    int from = offset(number);
    return Bytes.adopt(Arrays.copyOfRange(chunks[number >> CHUNK_BITS], from, from + KEY));
  }

  /** Returns a place. */
  Place place(int number) {
    return Place.parse(key(number)).orThrow();
  }

  /** Returns an event's id. */
  EventId id(int number) {
    int from = offset(number);
    byte[] chunk = chunks[number >> CHUNK_BITS];
    return new EventId(Bytes.adopt(Arrays.copyOfRange(chunk, from + ID_AT, from + KEY)));
  }

  /** Returns one bit of a place, from the most significant of the first byte. */
  int bit(int number, int index) {
    byte[] chunk = chunks[number >> CHUNK_BITS];
    int at = offset(number) + index / BYTE_BITS;
    return chunk[at] >> (BYTE_BITS - 1 - index % BYTE_BITS) & 1;
  }

  /** Returns the first bit in which a place differs from a key, the number of bits if none does. */
  int parting(int number, Bytes key) {
    byte[] chunk = chunks[number >> CHUNK_BITS];
    int from = offset(number);
    for (int i = 0; i < KEY; i++) {
      int difference = (chunk[from + i] & BYTE) ^ key.at(i);
      if (difference != 0) {
        return firstBit(i, difference);
      }
    }
    return KEY * BYTE_BITS;
  }

  /** Returns an event's number, {@link Graph#NONE} if it is not here. */
  int find(EventId id) {
    Bytes bytes = id.bytes();
    int slot = slot(hash(bytes));
    while (slots[slot] != FREE) {
      int number = slots[slot] - 1;
      if (is(number, bytes)) {
        return number;
      }
      slot = slot + 1 & slots.length - 1;
    }
    return Graph.NONE;
  }

  private boolean is(int number, Bytes id) {
    byte[] chunk = chunks[number >> CHUNK_BITS];
    int from = offset(number) + ID_AT;
    for (int i = 0; i < id.size(); i++) {
      if ((chunk[from + i] & BYTE) != id.at(i)) {
        return false;
      }
    }
    return true;
  }

  private int hash(Bytes id) {
    int hash = 0;
    for (int i = 0; i < id.size(); i++) {
      hash = (hash + id.at(i)) * factor;
      hash ^= hash >>> (Integer.SIZE / 2);
    }
    return hash;
  }

  private int hash(int number) {
    byte[] chunk = chunks[number >> CHUNK_BITS];
    int from = offset(number);
    int hash = 0;
    for (int i = ID_AT; i < KEY; i++) {
      hash = (hash + (chunk[from + i] & BYTE)) * factor;
      hash ^= hash >>> (Integer.SIZE / 2);
    }
    return hash;
  }

  private int slot(int hash) {
    return hash & slots.length - 1;
  }

  /** Returns how many slots were taken on the way. */
  private int insert(int number) {
    int slot = slot(hash(number));
    int taken = 0;
    while (slots[slot] != FREE) {
      slot = slot + 1 & slots.length - 1;
      taken++;
    }
    slots[slot] = number + 1;
    return taken;
  }

  private void rebuild(int capacity) {
    slots = new int[capacity];
    for (int number = 0; number < size; number++) {
      insert(number);
    }
  }
}
