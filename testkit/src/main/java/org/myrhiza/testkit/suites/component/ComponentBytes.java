// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.wasm.binary.ByteWriter;

/** Writes a component section by section; definitions of one kind share as few as may be. */
final class ComponentBytes {
  static final int CORE_MODULE = 1;
  static final int CORE_INSTANCE = 2;
  static final int CORE_TYPE = 3;
  static final int NESTED = 4;
  static final int INSTANCE = 5;
  static final int ALIAS = 6;
  static final int TYPE = 7;
  static final int CANON = 8;
  static final int IMPORT = 10;
  static final int EXPORT = 11;

  private static final int[] PREAMBLE = {0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00};
  private static final int MOST_ITEMS = 10_000;

  private final ByteWriter out = new ByteWriter().u8s(PREAMBLE);
  private final List<ByteWriter> pending = new ArrayList<>();
  private int section = -1;

  /** One definition in a section of definitions. */
  ComponentBytes item(int kind, ByteWriter body) {
    if (kind != section || pending.size() == MOST_ITEMS) {
      flush();
      section = kind;
    }
    pending.add(body);
    return this;
  }

  /** One definition of a few bytes. */
  ComponentBytes item(int kind, int... body) {
    return item(kind, new ByteWriter().u8s(body));
  }

  /** A section that is a whole module or component. */
  ComponentBytes whole(int kind, byte[] body) {
    flush();
    out.section(kind, new ByteWriter().bytes(body));
    return this;
  }

  private void flush() {
    if (!pending.isEmpty()) {
      ByteWriter body = new ByteWriter().u32(pending.size());
      for (ByteWriter each : pending) {
        body.append(each);
      }
      out.section(section, body);
      pending.clear();
    }
  }

  byte[] toByteArray() {
    flush();
    return out.toByteArray();
  }

  /** The name of an import or export. */
  static ByteWriter named(String name) {
    return new ByteWriter().u8(0).name(name);
  }

  /** An export of what stands at an index, its type not narrowed. */
  static ByteWriter export(String name, int sort, int index) {
    return named(name).u8(sort).u32(index).u8(0);
  }

  /** A name that no other number gives, of {@code size} letters and digits at least. */
  static String name(int number, int size) {
    StringBuilder out = new StringBuilder("a").append(number);
    while (out.length() < size) {
      out.append('x');
    }
    return out.toString();
  }
}
