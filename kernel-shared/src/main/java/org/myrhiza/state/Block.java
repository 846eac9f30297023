// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;

/**
 * Some neighbouring entries of a space in one array, each as length of key, key, length of value
 * twice and 1 more if the value is <em>away</em>, in the store only, and the value if it is not;
 * both numbers in LEB128. They lie in the array in any order; where each begins is in a list
 * ascending by key. What is removed or moved leaves a hole until the array is made anew.
 */
final class Block {
  private static final byte[] NOTHING = new byte[0];
  private static final int UNSIGNED_SHORT = 0xffff;
  private static final int LEB_BITS = 7;
  private static final int LEB_MORE = 0x80;
  private static final int LEB_MASK = 0x7f;

  /** Of the bytes of all entries, the part for which there is room when an array is made. */
  private static final int ROOM_PART = 4;

  /** Unused bytes that are no reason to make an array anew. */
  private static final int HOLES = 256;

  private byte[] data = NOTHING;
  private short[] starts = new short[2];
  private int count;

  /** Where in the array nothing was written yet. */
  private int end;

  /** Bytes of the array without holes. */
  private int kept;

  /** Bytes of the entries, if all values were here. */
  private int live;

  /** Bytes of the values that are here. */
  private int values;

  /** Entries whose values are away. */
  private int away;

  /** The place of the entry that came last, if that is at one end of all. */
  private int latest = -1;

  /** When values went away last, in trims of the space. */
  private int emptiedAt;

  /** The one that was used before this, for {@link Recent} alone. */
  @Nullable Block older;

  /** The one that was used after this, for {@link Recent} alone. */
  @Nullable Block newer;

  int count() {
    return count;
  }

  /** Returns the bytes of the entries, as if all values were here. */
  int live() {
    return live;
  }

  /** Returns the bytes of the values that are here. */
  int values() {
    return values;
  }

  /** Returns how many values are away. */
  int away() {
    return away;
  }

  int emptiedAt() {
    return emptiedAt;
  }

  /** Returns how many bytes an entry takes, its lengths included. */
  static int bytes(Bytes key, Bytes value) {
    return lebBytes(key.size()) + lebBytes(value.size() << 1) + key.size() + value.size();
  }

  private static int lebBytes(int value) {
    int bytes = 1;
    for (int rest = value >> LEB_BITS; rest > 0; rest >>= LEB_BITS) {
      bytes++;
    }
    return bytes;
  }

  // ---- reading

  /** Returns the place of a key or, if it is not here, the complement of where it belongs. */
  int find(Bytes key) {
    int from = 0;
    int to = count;
    while (from < to) {
      int middle = (from + to) >>> 1;
      int at = start(middle);
      int size = leb(data, at);
      int keyAt = at + lebBytes(size);
      int order = key.compareTo(data, keyAt, keyAt + size);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return ~from;
  }

  private int start(int place) {
    return starts[place] & UNSIGNED_SHORT;
  }

  private static int leb(byte[] data, int at) {
    int value = data[at] & LEB_MASK;
    int shift = LEB_BITS;
    for (int i = at; (data[i] & LEB_MORE) != 0; i++) {
      value |= (data[i + 1] & LEB_MASK) << shift;
      shift += LEB_BITS;
    }
    return value;
  }

  Bytes key(int place) {
    int at = start(place);
    int size = leb(data, at);
    int keyAt = at + lebBytes(size);
    return Bytes.copyOf(data, keyAt, keyAt + size);
  }

  /** Returns a value that is here. */
  Bytes value(int place) {
    return valueAt(keyEnd(data, start(place)));
  }

  private Bytes valueAt(int sizeAt) {
    int size = leb(data, sizeAt);
    if ((size & 1) != 0) {
      throw new IllegalStateException("a value that is in the store only was not asked for");
    }
    int from = sizeAt + lebBytes(size);
    return Bytes.copyOf(data, from, from + (size >> 1));
  }

  /** Returns an entry whose value is here. */
  StateEntry entry(int place) {
    int at = start(place);
    int size = leb(data, at);
    int keyAt = at + lebBytes(size);
    return new StateEntry(Bytes.copyOf(data, keyAt, keyAt + size), valueAt(keyAt + size));
  }

  int valueSize(int place) {
    return leb(data, keyEnd(data, start(place))) >> 1;
  }

  /** Whether a value is in the store only. */
  boolean isAway(int place) {
    return (leb(data, keyEnd(data, start(place))) & 1) != 0;
  }

  /** Returns the bytes that a value takes here. */
  int held(int place) {
    int size = leb(data, keyEnd(data, start(place)));
    return (size & 1) == 0 ? size >> 1 : 0;
  }

  /** Whether the key at a place is another or after it. */
  boolean isFrom(int place, Bytes other) {
    int at = start(place);
    int size = leb(data, at);
    int keyAt = at + lebBytes(size);
    return other.compareTo(data, keyAt, keyAt + size) <= 0;
  }

  /** Returns the bytes that an entry takes, as if its value was here. */
  private int whole(int place) {
    int at = start(place);
    int sizeAt = keyEnd(data, at);
    int size = leb(data, sizeAt);
    return sizeAt - at + lebBytes(size) + (size >> 1);
  }

  private static int bytes(byte[] data, int at) {
    int sizeAt = keyEnd(data, at);
    int size = leb(data, sizeAt);
    return sizeAt - at + lebBytes(size) + ((size & 1) == 0 ? size >> 1 : 0);
  }

  /** Returns where the key of an entry ends that begins at an index. */
  private static int keyEnd(byte[] data, int at) {
    int size = leb(data, at);
    return at + lebBytes(size) + size;
  }

  /** Returns the place that parts the entries into two halves by bytes, neither of them empty. */
  int middle() {
    int place = 1;
    for (int before = whole(0); place < count - 1 && before < live / 2; place++) {
      before += whole(place);
    }
    return place;
  }

  /** Whether an entry there would go on with a run of keys, ascending or descending. */
  boolean continues(int place) {
    return place == 0 ? latest == 0 : place == count && latest == count - 1;
  }

  // ---- writing

  /** Puts an entry in before the one at a place. */
  void insert(int place, Bytes key, Bytes value) {
    int bytes = bytes(key, value);
    if (end + bytes > data.length || end > UNSIGNED_SHORT) {
      renew(bytes + kept / ROOM_PART);
    }
    latest = place == 0 || place == count ? place : -1;
    openStarts(place, 1);
    write(place, end, key, value);
    end += bytes;
    kept += bytes;
    live += bytes;
    values += value.size();
  }

  private void openStarts(int place, int more) {
    if (count + more > starts.length) {
      starts = Arrays.copyOf(starts, count + more + count / ROOM_PART);
    }
    System.arraycopy(starts, place, starts, place + more, count - place);
    count += more;
  }

  private void write(int place, int at, Bytes key, Bytes value) {
    starts[place] = (short) at;
    int keyAt = writeLeb(at, key.size());
    key.copyTo(0, key.size(), data, keyAt);
    int valueAt = writeLeb(keyAt + key.size(), value.size() << 1);
    value.copyTo(0, value.size(), data, valueAt);
  }

  private int writeLeb(int at, int value) {
    int to = at;
    int rest = value;
    while (rest > LEB_MASK) {
      data[to++] = (byte) ((rest & LEB_MASK) | LEB_MORE);
      rest >>= LEB_BITS;
    }
    data[to] = (byte) rest;
    return to + 1;
  }

  /** Gives an entry another value where that takes no more bytes; returns whether it did. */
  boolean overwrite(int place, Bytes key, Bytes value) {
    int bytes = bytes(key, value);
    boolean fits = bytes <= bytes(data, start(place));
    if (fits) {
      leave(place);
      write(place, start(place), key, value);
      kept += bytes;
      live += bytes;
      values += value.size();
      shrink();
    }
    return fits;
  }

  void remove(int place) {
    leave(place);
    count--;
    System.arraycopy(starts, place + 1, starts, place, count - place);
    latest = -1;
    shrink();
  }

  /** Counts an entry no more. */
  private void leave(int place) {
    kept -= bytes(data, start(place));
    live -= whole(place);
    values -= held(place);
    away -= isAway(place) ? 1 : 0;
  }

  private void shrink() {
    if (data.length > 2 * kept + HOLES) {
      renew(kept / ROOM_PART);
    }
  }

  /** Makes the array anew, without holes and with so much room. */
  private void renew(int room) {
    byte[] old = data;
    data = new byte[kept + room];
    if (end == kept) {
      System.arraycopy(old, 0, data, 0, kept);
      return;
    }
    end = 0;
    for (int place = 0; place < count; place++) {
      int at = start(place);
      int size = bytes(old, at);
      System.arraycopy(old, at, data, end, size);
      starts[place] = (short) end;
      end += size;
    }
  }

  /** Lets go of the room: no more entries are expected. */
  void trim() {
    if (data.length > kept) {
      renew(0);
    }
    latest = -1;
  }

  /** Moves the entries from a place on to a block of their own. */
  Block cut(int place) {
    Block after = new Block();
    after.take(this, place);
    count = place;
    kept -= after.kept;
    live -= after.live;
    values -= after.values;
    away -= after.away;
    renew(kept / ROOM_PART);
    latest = -1;
    return after;
  }

  /** Takes the entries of another block from a place on, all of which come after those here. */
  void take(Block other, int from) {
    int bytes = 0;
    for (int i = from; i < other.count; i++) {
      bytes += bytes(other.data, other.start(i));
    }
    renew(bytes + (kept + bytes) / ROOM_PART);
    int place = count;
    openStarts(count, other.count - from);
    for (int i = from; i < other.count; i++) {
      int size = bytes(other.data, other.start(i));
      System.arraycopy(other.data, other.start(i), data, end, size);
      starts[place] = (short) end;
      end += size;
      live += whole(place);
      values += held(place);
      away += isAway(place) ? 1 : 0;
      place++;
    }
    kept += bytes;
    emptiedAt = Math.max(emptiedAt, other.emptiedAt);
    latest = -1;
  }

  // ---- values that are away

  /**
   * Lets go of all values; empty ones take nothing and stay.
   *
   * @param at in which trim of the space
   */
  void empty(int at) {
    emptiedAt = at;
    Bytes[] none = new Bytes[count];
    remake(kept - values, none, true);
  }

  /**
   * Takes values that were away.
   *
   * @param found by place, null for what stays as it is; each of the size that its entry says
   */
  void fill(@Nullable Bytes[] found) {
    int more = 0;
    for (Bytes value : found) {
      more += value == null ? 0 : value.size();
    }
    remake(kept + more, found, false);
  }

  /** Makes the array anew with more or with fewer values. */
  private void remake(int size, @Nullable Bytes[] found, boolean empties) {
    byte[] old = data;
    data = new byte[size];
    end = 0;
    values = 0;
    away = 0;
    for (int place = 0; place < count; place++) {
      int at = start(place);
      int sizeAt = keyEnd(old, at);
      int code = leb(old, sizeAt);
      int valueAt = sizeAt + lebBytes(code);
      Bytes value = found[place];
      boolean stays = (code & 1) == 0 && !(empties && code != 0);
      starts[place] = (short) end;
      System.arraycopy(old, at, data, end, sizeAt - at);
      boolean here = stays || value != null;
      int to = writeLeb(end + sizeAt - at, here ? code & ~1 : code | 1);
      if (stays) {
        System.arraycopy(old, valueAt, data, to, code >> 1);
      } else if (value != null) {
        value.copyTo(0, value.size(), data, to);
      }
      end = to + (here ? code >> 1 : 0);
      values += here ? code >> 1 : 0;
      away += here ? 0 : 1;
    }
    kept = end;
  }
}
