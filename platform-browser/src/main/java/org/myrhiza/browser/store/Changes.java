// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.kernel.Write;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * A batch in one array, as {@code packs.js} takes it apart: of each change the length of its key in
 * two bytes, the length of its value in four, both big-endian, key and value. A length of -1 says
 * that the key is removed, -2 less that of a second key that all from the first up to and without
 * that one are. Keys ascend but for those ranges, so that what becomes a pack lies together.
 */
final class Changes {
  private static final int HEAD_BYTES = 6;
  private static final int REMOVED = -1;
  private static final int RANGE = -2;

  private final byte[] bytes;
  private int size;

  private Changes(int length) {
    bytes = new byte[length];
  }

  static Int8Array of(List<Write> writes) {
    int length = 0;
    for (Write write : writes) {
      Bytes value = value(write);
      length += HEAD_BYTES + key(write).size() + (value == null ? 0 : value.size());
    }
    Changes changes = new Changes(length);
    List<Write> points = new ArrayList<>();
    for (Write write : writes) {
      if (write instanceof Write.DeleteRange) {
        changes.addAll(points);
        points.clear();
        changes.add(write);
      } else {
        points.add(write);
      }
    }
    changes.addAll(points);
    return Int8Array.fromJavaArray(changes.bytes);
  }

  /** Sorted by kind apart: of each, a batch of a late join has most in order already. */
  private void addAll(List<Write> points) {
    TreeMap<Integer, List<Write>> kinds = new TreeMap<>();
    for (Write point : points) {
      int kind = key(point).at(0);
      kinds.computeIfAbsent(kind, any -> new ArrayList<>()).add(point);
    }
    for (List<Write> ofKind : kinds.values()) {
      ofKind.sort(Comparator.comparing(Changes::key));
      ofKind.forEach(this::add);
    }
  }

  private void add(Write write) {
    Bytes key = key(write);
    Bytes value = value(write);
    int told =
        switch (write) {
          case Write.Put put -> put.value().size();
          case Write.Delete delete -> REMOVED;
          case Write.DeleteRange range -> RANGE - range.to().size();
        };
    bytes[size] = (byte) (key.size() >> 8);
    bytes[size + 1] = (byte) key.size();
    bytes[size + 2] = (byte) (told >> 24);
    bytes[size + 3] = (byte) (told >> 16);
    bytes[size + 4] = (byte) (told >> 8);
    bytes[size + 5] = (byte) told;
    size += HEAD_BYTES;
    append(key);
    if (value != null) {
      append(value);
    }
  }

  private void append(Bytes part) {
    part.copyTo(0, part.size(), bytes, size);
    size += part.size();
  }

  private static Bytes key(Write write) {
    return switch (write) {
      case Write.Put put -> put.key();
      case Write.Delete delete -> delete.key();
      case Write.DeleteRange range -> range.from();
    };
  }

  /** The value, or the end of a range. */
  private static @Nullable Bytes value(Write write) {
    return switch (write) {
      case Write.Put put -> put.value();
      case Write.Delete delete -> null;
      case Write.DeleteRange range -> range.to();
    };
  }
}
