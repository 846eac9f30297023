// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.bytes.Bytes;

/**
 * Keys that gather in any order and are taken in ascending order, each once. Noting one is cheap:
 * they are put in order when they are asked for, and so often before that no key lies here many
 * times.
 */
final class Touched {
  private static final int FIRST_ROOM = 64;

  private List<Bytes> keys = new ArrayList<>();

  /** So many of the keys, from the first on, ascend strictly. */
  private int ordered;

  private int room = FIRST_ROOM;

  /** Notes a key. */
  void add(Bytes key) {
    if (keys.isEmpty()) {
      keys.add(key);
      ordered = 1;
      return;
    }
    int order = keys.getLast().compareTo(key);
    if (order == 0) {
      return;
    }
    if (order < 0 && ordered == keys.size()) {
      ordered++;
    }
    keys.add(key);
    if (keys.size() >= room) {
      settle();
      room = Math.max(FIRST_ROOM, 2 * keys.size());
    }
  }

  private void settle() {
    if (ordered == keys.size()) {
      return;
    }
    keys.sort(null);
    int kept = 1;
    for (int i = 1; i < keys.size(); i++) {
      Bytes key = keys.get(i);
      if (!key.equals(keys.get(kept - 1))) {
        keys.set(kept, key);
        kept++;
      }
    }
    keys.subList(kept, keys.size()).clear();
    ordered = kept;
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /** Returns the greatest key. */
  Bytes last() {
    settle();
    return keys.getLast();
  }

  /** Forgets the greatest key. */
  void removeLast() {
    settle();
    keys.removeLast();
    ordered--;
  }

  /** Returns all keys, ascending, and forgets them. */
  List<Bytes> take() {
    settle();
    List<Bytes> taken = keys;
    keys = new ArrayList<>();
    ordered = 0;
    room = FIRST_ROOM;
    return taken;
  }
}
