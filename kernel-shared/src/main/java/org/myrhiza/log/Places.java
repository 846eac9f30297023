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
    int chunk = size >> CHUNK_BITS;
    if (chunk == chunks.length) {
      chunks = Arrays.copyOf(chunks, chunk * 2);
    }
    if ((size & CHUNK_EVENTS - 1) == 0) {
      chunks[chunk] = new byte[CHUNK_EVENTS * KEY];
    }
    place.key().copyTo(0, KEY, chunks[chunk], offset(size));
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
        return i * BYTE_BITS
            + Integer.numberOfLeadingZeros(difference)
            - (Integer.SIZE - BYTE_BITS);
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
