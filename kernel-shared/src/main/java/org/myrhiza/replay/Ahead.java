// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Place;
import org.myrhiza.log.KeptOrder;
import org.myrhiza.state.Undo;

/**
 * What a rerun has ahead of it: the events of the old run and their values, the next one on top.
 * Only the next ones are in memory. Of those behind, the results are in the store and are read
 * again when their turn comes; their values are here, packed, since the store does not have them.
 */
final class Ahead {
  /**
   * An event of the old run, or a patch after one.
   *
   * @param place the event's place
   * @param was its result; null for a patch
   * @param redo what leads over it
   */
  record Item(Place place, @Nullable Applied was, Undo redo) {
    boolean isPatch() {
      return was == null;
    }

    Applied event() {
      Applied known = was;
      if (known == null) {
        throw new IllegalStateException("a patch is no event");
      }
      return known;
    }
  }

  private static final byte EVENT = 0;
  private static final byte PATCH = 1;

  private final History history;

  /** In memory, the next one last. */
  private final ArrayList<Item> items = new ArrayList<>();

  /** Packed redo entries of those behind, the next one last: a byte for a patch, then the bytes. */
  private byte[] packed = new byte[0];

  private int[] ends = new int[0];
  private int behind;

  /** Those behind are after this place. */
  private @Nullable Place edge;

  private @Nullable Place last;

  Ahead(History history) {
    this.history = history;
  }

  boolean isEmpty() {
    return items.isEmpty() && behind == 0;
  }

  int size() {
    return items.size() + behind;
  }

  /** Whether the next one has to be read first. */
  boolean isNextUnread() {
    return items.isEmpty() && behind > 0;
  }

  Item next() {
    return items.getLast();
  }

  Item take() {
    return items.removeLast();
  }

  void push(Item item) {
    if (isEmpty()) {
      last = item.place();
    }
    items.add(item);
  }

  /** Returns where the last one of all stands. */
  Place last() {
    Place known = last;
    if (known == null) {
      throw new IllegalStateException("nothing is ahead");
    }
    return known;
  }

  /** Gives all back to the history, whose end they are. */
  void rest() {
    for (int i = items.size() - 1; i >= 0; i--) {
      history.append(items.get(i).event());
    }
    items.clear();
    if (behind > 0) {
      history.appendUnread(behind, last());
      behind = 0;
    }
  }

  // ---- what is not in memory

  /** Lets go of what comes late, as far as the store has it. */
  void trim() {
    if (items.size() <= 2L * history.window()) {
      return;
    }
    int gone = 0;
    while (items.size() - gone > history.window() && isStored(items.get(gone))) {
      gone++;
    }
    while (gone > 0 && items.get(gone - 1).isPatch()) {
      gone--; // A patch stays with the event that it comes after.
    }
    items.subList(0, gone).forEach(this::pack);
    items.subList(0, gone).clear();
    edge = items.getFirst().place();
  }

  private boolean isStored(Item item) {
    return item.isPatch() || history.isStored(item.place());
  }

  private void pack(Item item) {
    Applied was = item.was();
    if (was != null) {
      history.forget(was);
    }
    Bytes redo = Undo.CODEC.encode(item.redo());
    int from = behind == 0 ? 0 : ends[behind - 1];
    int to = from + 1 + redo.size();
    if (to > packed.length) {
      packed = Arrays.copyOf(packed, to + to / 2);
    }
    if (behind == ends.length) {
      ends = Arrays.copyOf(ends, behind + behind / 2 + 1);
    }
    packed[from] = item.isPatch() ? PATCH : EVENT;
    redo.copyTo(0, redo.size(), packed, from + 1);
    ends[behind++] = to;
  }

  /** Returns what is to be read of the store, so that the next ones come into memory. */
  List<Bytes> unread(KeptOrder log) {
    Place after = edge;
    int from = after == null ? 0 : log.validBefore(after);
    if (from < log.size() && log.validAt(from).equals(after)) {
      from++;
    }
    List<Bytes> keys = new ArrayList<>();
    for (int i = from; i < Math.min(log.size(), from + history.atOnce()); i++) {
      keys.add(ReplayRecords.key(log.topic(), log.validAt(i)));
    }
    return keys;
  }

  /**
   * Takes what was read, in order.
   *
   * @param upTo the place of the last record that was asked for
   */
  void read(Place upTo, List<Applied> found) {
    List<Item> read = new ArrayList<>();
    for (Applied one : found) {
      if (behind > 0) {
        read.add(new Item(one.place(), one, unpack()));
        history.know(one);
      }
      while (behind > 0 && isPatchNext()) {
        read.add(new Item(one.place(), null, unpack()));
      }
    }
    items.addAll(0, read.reversed());
    edge = upTo;
  }

  private int nextFrom() {
    return behind == 1 ? 0 : ends[behind - 2];
  }

  private boolean isPatchNext() {
    return packed[nextFrom()] == PATCH;
  }

  private Undo unpack() {
    int from = nextFrom();
    Bytes redo = Bytes.adopt(Arrays.copyOfRange(packed, from + 1, ends[behind - 1]));
    behind--;
    return Undo.CODEC.decode(redo).orThrow();
  }
}
