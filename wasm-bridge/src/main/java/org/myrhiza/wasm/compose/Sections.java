// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.compose;

import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.ByteWriter;

/** Writes a component's sections; definitions of one kind in a row share one. */
final class Sections {
  static final int NESTED = 4;
  static final int INSTANCE = 5;
  static final int ALIAS = 6;
  static final int TYPE = 7;
  static final int IMPORT = 10;
  static final int EXPORT = 11;

  private static final int[] PREAMBLE = {0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00};

  /** A section that grows larger begins anew: a vector has at most so many items. */
  private static final int MOST_ITEMS = org.myrhiza.wasm.component.Limits.VECTOR_ITEMS;

  private final ByteWriter out = new ByteWriter().u8s(PREAMBLE);
  private @Nullable ByteWriter items;
  private int section;
  private int count;

  /** One definition. */
  void item(int kind, ByteWriter body) {
    if (kind != section || count == MOST_ITEMS) {
      flush();
      section = kind;
    }
    ByteWriter to = items;
    if (to == null) {
      to = new ByteWriter();
      items = to;
    }
    to.append(body);
    count++;
  }

  /** A component inside. */
  void nested(byte[] component) {
    flush();
    out.section(NESTED, new ByteWriter().bytes(component));
  }

  private void flush() {
    if (items != null) {
      out.section(section, new ByteWriter().u32(count).append(items));
      items = null;
      count = 0;
    }
  }

  byte[] toByteArray() {
    flush();
    return out.toByteArray();
  }
}
