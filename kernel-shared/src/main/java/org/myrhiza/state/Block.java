// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.Arrays;
import org.myrhiza.bytes.Bytes;

/**
 * Some neighbouring entries of a space in one array, each as length of key, key, length of value,
 * value, with both lengths in LEB128. They lie in the array in any order; where each begins is in a
 * list ascending by key. What is removed or moved leaves a hole until the array is made anew.
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

  /** Bytes of the entries: of the array without holes. */
  private int live;

  /** The place of the entry that came last, if that is at one end of all. */
  private int latest = -1;

  int count() {
    return count;
  }

  int live() {
    return live;
  }

  /** Returns how many bytes an entry takes, its lengths included. */
  static int bytes(Bytes key, Bytes value) {
    return lebBytes(key.size()) + lebBytes(value.size()) + key.size() + value.size();
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

  Bytes value(int place) {
    int sizeAt = keyEnd(data, start(place));
    int size = leb(data, sizeAt);
    int from = sizeAt + lebBytes(size);
    return Bytes.copyOf(data, from, from + size);
  }

  int valueSize(int place) {
    return leb(data, keyEnd(data, start(place)));
  }

  StateEntry entry(int place) {
    int at = start(place);
    int size = leb(data, at);
    int keyAt = at + lebBytes(size);
    int sizeAt = keyAt + size;
    int valueSize = leb(data, sizeAt);
    int valueAt = sizeAt + lebBytes(valueSize);
    Bytes key = Bytes.copyOf(data, keyAt, sizeAt);
    return new StateEntry(key, Bytes.copyOf(data, valueAt, valueAt + valueSize));
  }

  private int bytes(int place) {
    return bytes(data, start(place));
  }

  private static int bytes(byte[] data, int at) {
    int sizeAt = keyEnd(data, at);
    int size = leb(data, sizeAt);
    return sizeAt - at + lebBytes(size) + size;
  }

  /** Returns where the key of an entry ends that begins at an index. */
  private static int keyEnd(byte[] data, int at) {
    int size = leb(data, at);
    return at + lebBytes(size) + size;
  }

  /** Returns the place that parts the entries into two halves by bytes, neither of them empty. */
  int middle() {
    int place = 1;
    for (int before = bytes(0); place < count - 1 && before < live / 2; place++) {
      before += bytes(place);
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
      renew(bytes + live / ROOM_PART);
    }
    latest = place == 0 || place == count ? place : -1;
    openStarts(place, 1);
    write(place, end, key, value);
    end += bytes;
    live += bytes;
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
    int valueAt = writeLeb(keyAt + key.size(), value.size());
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
    int fewer = bytes(place) - bytes(key, value);
    if (fewer >= 0) {
      write(place, start(place), key, value);
      live -= fewer;
      shrink();
    }
    return fewer >= 0;
  }

  void remove(int place) {
    live -= bytes(place);
    count--;
    System.arraycopy(starts, place + 1, starts, place, count - place);
    latest = -1;
    shrink();
  }

  private void shrink() {
    if (data.length > 2 * live + HOLES) {
      renew(live / ROOM_PART);
    }
  }

  /** Makes the array anew, without holes and with so much room. */
  private void renew(int room) {
    byte[] old = data;
    data = new byte[live + room];
    if (end == live) {
      System.arraycopy(old, 0, data, 0, live);
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
    if (data.length > live) {
      renew(0);
    }
    latest = -1;
  }

  /** Moves the entries from a place on to a block of their own. */
  Block cut(int place) {
    Block after = new Block();
    after.take(this, place);
    count = place;
    live -= after.live;
    renew(live / ROOM_PART);
    latest = -1;
    return after;
  }

  /** Takes the entries of another block from a place on, all of which come after those here. */
  void take(Block other, int from) {
    int bytes = 0;
    for (int i = from; i < other.count; i++) {
      bytes += other.bytes(i);
    }
    renew(bytes + (live + bytes) / ROOM_PART);
    int place = count;
    openStarts(count, other.count - from);
    for (int i = from; i < other.count; i++) {
      int size = other.bytes(i);
      System.arraycopy(other.data, other.start(i), data, end, size);
      starts[place++] = (short) end;
      end += size;
    }
    live += bytes;
    latest = -1;
  }
}
