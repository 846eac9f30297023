// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;

/**
 * A sorted space of keys and values, and its size.
 *
 * <p>Neighbours lie together in blocks of a few kilobytes, so that an entry costs a few bytes
 * beside its own and no object: those are made when somebody asks. A block that becomes too large
 * is parted in its middle, or where a run of ascending or descending keys goes on, so that a run
 * leaves full blocks. One that becomes small joins a neighbour.
 */
final class StateSpace implements Base {
  /**
   * Blocks by a key that no entry of theirs is below: the first by the empty key, which is there
   * also without entries, the others by what was their first key once.
   */
  private final TreeMap<Bytes, Block> blocks = new TreeMap<>();

  /** The key that was looked for last, and its block: one apply looks for a key again and again. */
  private @Nullable Bytes sought;

  private Map.Entry<Bytes, Block> found;
  private long entries;
  private long bytes;

  /** Changes so far, by which an iterator sees that it is too old. */
  private int changes;

  StateSpace() {
    blocks.put(Bytes.EMPTY, new Block());
    found = blocks.floorEntry(Bytes.EMPTY);
  }

  private Map.Entry<Bytes, Block> around(Bytes key) {
    if (sought == null || !key.equals(sought)) {
      found = blocks.floorEntry(key);
      sought = key;
    }
    return found;
  }

  @Override
  public @Nullable Bytes get(Bytes key) {
    Block block = around(key).getValue();
    int place = block.find(key);
    return place < 0 ? null : block.value(place);
  }

  @Override
  public int valueSize(Bytes key) {
    Block block = around(key).getValue();
    int place = block.find(key);
    return place < 0 ? ABSENT : block.valueSize(place);
  }

  /** Sets or, with null, removes a key and returns what it had. */
  @Nullable Bytes set(Bytes key, @Nullable Bytes value) {
    changes++;
    Map.Entry<Bytes, Block> around = around(key);
    Block block = around.getValue();
    int place = block.find(key);
    if (place < 0) {
      if (value != null) {
        count(1, key, value);
        insert(around, ~place, key, value);
      }
      return null;
    }
    Bytes old = block.value(place);
    count(-1, key, old);
    if (value == null) {
      block.remove(place);
      thin(around);
      return old;
    }
    count(1, key, value);
    if (!block.overwrite(place, key, value)) {
      block.remove(place);
      insert(around, place, key, value);
    }
    return old;
  }

  private void count(int sign, Bytes key, Bytes value) {
    entries += sign;
    bytes += (long) sign * (key.size() + value.size());
  }

  private void insert(Map.Entry<Bytes, Block> around, int place, Bytes key, Bytes value) {
    Block block = around.getValue();
    int more = Block.bytes(key, value);
    if (block.count() == 0 || block.live() + more <= Limits.BLOCK_BYTES) {
      block.insert(place, key, value);
      return;
    }
    sought = null; // Other blocks from here on.
    if (block.count() == 1 || more > Limits.BLOCK_BYTES / 2 || block.continues(place)) {
      Block own = new Block();
      own.insert(0, key, value);
      put(around, place, key, own);
    } else {
      int middle = block.middle();
      Block after = block.cut(middle);
      blocks.put(after.key(0), after);
      if (place <= middle) {
        block.insert(place, key, value);
      } else {
        after.insert(place - middle, key, value);
      }
    }
  }

  /** Puts a block of one entry in between those before and those from a place on of another. */
  private void put(Map.Entry<Bytes, Block> around, int place, Bytes key, Block own) {
    Block block = around.getValue();
    if (place < block.count()) {
      Block after = place == 0 ? block : block.cut(place);
      blocks.put(after.key(0), after);
      after.trim();
    }
    if (place == 0) {
      blocks.put(around.getKey(), own);
    } else {
      block.trim();
      blocks.put(key, own);
    }
  }

  /** Joins a block that has become small with one beside it, if both are small enough. */
  private void thin(Map.Entry<Bytes, Block> around) {
    Block block = around.getValue();
    if (block.live() > Limits.BLOCK_BYTES / 4) {
      return;
    }
    sought = null; // Other blocks from here on.
    Map.Entry<Bytes, Block> before = blocks.lowerEntry(around.getKey());
    if (before != null && block.count() == 0) {
      blocks.remove(around.getKey());
      return;
    }
    if (before != null && fit(before.getValue(), block)) {
      before.getValue().take(block, 0);
      blocks.remove(around.getKey());
      return;
    }
    Map.Entry<Bytes, Block> after = blocks.higherEntry(around.getKey());
    if (after != null && fit(block, after.getValue())) {
      block.take(after.getValue(), 0);
      blocks.remove(after.getKey());
    }
  }

  private static boolean fit(Block one, Block other) {
    return one.live() + other.live() <= Limits.BLOCK_BYTES / 2;
  }

  @Override
  public Iterator<StateEntry> from(Bytes start) {
    Iterator<Block> following = blocks.tailMap(blocks.floorKey(start), true).values().iterator();
    Block first = following.next();
    int place = first.find(start);
    return new Entries(following, first, place < 0 ? ~place : place);
  }

  private final class Entries implements Iterator<StateEntry> {
    private final Iterator<Block> following;
    private final int seen = changes;
    private Block block;
    private int place;

    Entries(Iterator<Block> following, Block block, int place) {
      this.following = following;
      this.block = block;
      this.place = place;
      skip();
    }

    private void skip() {
      while (place == block.count() && following.hasNext()) {
        block = following.next();
        place = 0;
      }
    }

    @Override
    public boolean hasNext() {
      return place < block.count();
    }

    @Override
    public StateEntry next() {
      if (seen != changes) {
        throw new ConcurrentModificationException("the space changed since");
      }
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      StateEntry entry = block.entry(place);
      place++;
      skip();
      return entry;
    }
  }

  @Override
  public long entries() {
    return entries;
  }

  @Override
  public long bytes() {
    return bytes;
  }
}
