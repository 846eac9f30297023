// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;

/**
 * A sorted space of keys and values, and its size.
 *
 * <p>Neighbours lie together in blocks of a few kilobytes, so that an entry costs a few bytes
 * beside its own and no object: those are made when somebody asks. A block that becomes too large
 * is parted in its middle, or where a run of ascending or descending keys goes on, so that a run
 * leaves full blocks. One that becomes small joins a neighbour. Which entries share a block does
 * not depend on which values are here.
 *
 * <p>Values may be <em>away</em>, in the store only: {@link #trim} lets go of those of the blocks
 * that were not used for long, {@link #take} takes what was read. Keys and sizes are always here.
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

  /** Blocks with values. */
  private final Recent recent = new Recent();

  private final Missed missed = new Missed();
  private long entries;
  private long bytes;

  /** Bytes of the values that are here. */
  private long held;

  /** Entries whose values are away. */
  private int away;

  /** Trims so far, by which a value that was read shows whether it is too old. */
  private int trims;

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
    if (place < 0) {
      return null;
    }
    if (away > 0 && block.isAway(place)) {
      missed.note(block, place);
      return null;
    }
    recent.use(block);
    return block.value(place);
  }

  /** Returns a value where {@link #has} said that it is here: what is away is a mistake. */
  @Nullable Bytes held(Bytes key) {
    Block block = around(key).getValue();
    int place = block.find(key);
    return place < 0 ? null : block.value(place);
  }

  /** Whether what a key has is here; if not, it is noted. */
  boolean has(Bytes key) {
    if (away == 0) {
      return true;
    }
    Block block = around(key).getValue();
    int place = block.find(key);
    boolean gone = place >= 0 && block.isAway(place);
    if (gone) {
      missed.note(block, place);
    }
    return !gone;
  }

  @Override
  public boolean misses() {
    return !missed.isEmpty();
  }

  @Override
  public boolean missesMuch() {
    return missed.isFull();
  }

  /** What was wanted and is away. */
  Missed missed() {
    return missed;
  }

  @Override
  public int valueSize(Bytes key) {
    Block block = around(key).getValue();
    int place = block.find(key);
    return place < 0 ? ABSENT : block.valueSize(place);
  }

  /** Sets or, with null, removes a key and returns what it had, which must be here. */
  @Nullable Bytes set(Bytes key, @Nullable Bytes value) {
    Map.Entry<Bytes, Block> around = around(key);
    Block block = around.getValue();
    int place = block.find(key);
    Bytes old = place < 0 ? null : block.value(place);
    change(around, place, key, value);
    return old;
  }

  /** Sets or, with null, removes a key, whatever it had. */
  void put(Bytes key, @Nullable Bytes value) {
    Map.Entry<Bytes, Block> around = around(key);
    change(around, around.getValue().find(key), key, value);
  }

  private void change(Map.Entry<Bytes, Block> around, int place, Bytes key, @Nullable Bytes value) {
    changes++;
    Block block = around.getValue();
    int old = place < 0 ? ABSENT : block.valueSize(place);
    boolean wasAway = away > 0 && place >= 0 && block.isAway(place);
    count(key, old, value == null ? ABSENT : value.size(), wasAway);
    if (value == null) {
      if (place >= 0) {
        block.remove(place);
        join(around);
      }
    } else if (place < 0) {
      insert(around, ~place, key, value);
    } else if (block.overwrite(place, key, value)) {
      recent.use(block);
    } else {
      block.remove(place);
      insert(around, place, key, value);
    }
  }

  /** Counts a value of another size; long numbers are dear in a page. */
  private void count(Bytes key, int old, int now, boolean wasAway) {
    int more = Math.max(now, 0) - Math.max(old, 0);
    int moreEntries = (now == ABSENT ? 0 : 1) - (old == ABSENT ? 0 : 1);
    int moreHeld = wasAway ? Math.max(now, 0) : more;
    if (moreEntries != 0) {
      entries += moreEntries;
    }
    if (more != 0 || moreEntries != 0) {
      bytes += more + moreEntries * key.size();
    }
    if (moreHeld != 0) {
      held += moreHeld;
    }
    away -= wasAway ? 1 : 0;
  }

  private void insert(Map.Entry<Bytes, Block> around, int place, Bytes key, Bytes value) {
    Block block = around.getValue();
    int more = Block.bytes(key, value);
    if (block.count() == 0 || block.live() + more <= Limits.BLOCK_BYTES) {
      block.insert(place, key, value);
      recent.use(block);
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
      recent.use(block);
      recent.use(after);
    }
  }

  /** Puts a block of one entry in between those before and those from a place on of another. */
  private void put(Map.Entry<Bytes, Block> around, int place, Bytes key, Block own) {
    Block block = around.getValue();
    if (place < block.count()) {
      Block after = place == 0 ? block : block.cut(place);
      blocks.put(after.key(0), after);
      after.trim();
      recent.use(after);
    }
    if (place == 0) {
      blocks.put(around.getKey(), own);
    } else {
      block.trim();
      blocks.put(key, own);
    }
    recent.use(own);
  }

  /** Joins a block that has become small with one beside it, if both are small enough. */
  private void join(Map.Entry<Bytes, Block> around) {
    Block block = around.getValue();
    if (block.live() > Limits.BLOCK_BYTES / 4) {
      return;
    }
    sought = null; // Other blocks from here on.
    Map.Entry<Bytes, Block> before = blocks.lowerEntry(around.getKey());
    if (before != null && block.count() == 0) {
      recent.remove(block);
      blocks.remove(around.getKey());
      return;
    }
    if (before != null && fit(before.getValue(), block)) {
      merge(before.getValue(), block);
      blocks.remove(around.getKey());
      return;
    }
    Map.Entry<Bytes, Block> after = blocks.higherEntry(around.getKey());
    if (after != null && fit(block, after.getValue())) {
      merge(block, after.getValue());
      blocks.remove(after.getKey());
    }
  }

  private void merge(Block block, Block next) {
    block.take(next, 0);
    recent.remove(next);
    recent.use(block);
  }

  private static boolean fit(Block one, Block other) {
    return one.live() + other.live() <= Limits.BLOCK_BYTES / 2;
  }

  @Override
  public Entries from(Bytes start, @Nullable Bytes end) {
    return walk(start, end);
  }

  /** Goes through the entries from a key on, that key included, ascending. */
  Walk walk(Bytes start) {
    return walk(start, null);
  }

  private Walk walk(Bytes start, @Nullable Bytes end) {
    Iterator<Block> following = blocks.tailMap(blocks.floorKey(start), true).values().iterator();
    Block first = following.next();
    int place = first.find(start);
    return new Walk(following, first, place < 0 ? ~place : place, end);
  }

  /** A place among the entries, until the next change. */
  final class Walk implements Entries {
    private final Iterator<Block> following;
    private final @Nullable Bytes end;
    private final int seen = changes;
    private Block block;
    private int place;

    private Walk(Iterator<Block> following, Block block, int place, @Nullable Bytes end) {
      this.following = following;
      this.end = end;
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
    public boolean isThere() {
      return place < block.count() && (end == null || !block.isFrom(place, end));
    }

    @Override
    public void next() {
      if (seen != changes) {
        throw new ConcurrentModificationException("the space changed since");
      }
      place++;
      skip();
    }

    @Override
    public Bytes key() {
      return block.key(place);
    }

    int valueSize() {
      return block.valueSize(place);
    }

    Bytes value() {
      return block.value(place);
    }

    boolean isAway() {
      return away > 0 && block.isAway(place);
    }

    /** Notes that the value is wanted, which is away. */
    void miss() {
      missed.note(block, place);
    }

    @Override
    public StateEntry entry() {
      if (seen != changes) {
        throw new ConcurrentModificationException("the space changed since");
      }
      if (!isThere()) {
        throw new NoSuchElementException();
      }
      if (isAway()) {
        miss();
        return new StateEntry(key(), Bytes.EMPTY);
      }
      recent.use(block);
      return block.entry(place);
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

  // ---- values that are away

  /** Returns the bytes of the values that are here. */
  long held() {
    return held;
  }

  /** Returns how many values are away. */
  int away() {
    return away;
  }

  /** Returns what {@link #take} wants to be told of when the values were asked for. */
  int trims() {
    return trims;
  }

  /**
   * Lets go of values until no more are here than asked for, those that were not used for long
   * first. All of them must be in the store.
   *
   * @param most bytes that may stay
   * @param leaving told of each block before its values go
   */
  void trim(long most, Consumer<Block> leaving) {
    if (held <= most) {
      return;
    }
    trims++;
    Block block = recent.oldest();
    while (held > most && block != null) {
      leaving.accept(block);
      held -= block.values();
      away -= block.away();
      block.empty(trims);
      away += block.away();
      recent.remove(block);
      block = recent.oldest();
    }
  }

  /**
   * Takes values that were away when they were asked for, ascending by key. What is away now and
   * was not let go of since has not changed since.
   *
   * @param asked the keys
   * @param found gives what the store has for a key
   * @param asOf the trims when they were asked for
   * @return the first key whose value is not in the store as it should be, null if all are
   */
  @Nullable Bytes take(List<Bytes> asked, Function<Bytes, @Nullable Bytes> found, int asOf) {
    int i = 0;
    while (i < asked.size()) {
      Map.Entry<Bytes, Block> at = blocks.floorEntry(asked.get(i));
      Bytes next = blocks.higherKey(at.getKey());
      Block block = at.getValue();
      @Nullable Bytes[] values = new Bytes[block.count()];
      do {
        Bytes key = asked.get(i);
        int place = block.find(key);
        if (place >= 0 && block.isAway(place) && block.emptiedAt() <= asOf) {
          Bytes value = found.apply(key);
          if (value == null || value.size() != block.valueSize(place)) {
            return key;
          }
          values[place] = value;
        }
        i++;
      } while (i < asked.size() && (next == null || asked.get(i).compareTo(next) < 0));
      held -= block.values();
      away -= block.away();
      block.fill(values);
      held += block.values();
      away += block.away();
      recent.use(block);
    }
    return null;
  }
}
