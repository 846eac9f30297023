// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.wasm;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.wasm.binary.ByteWriter;

/** Writes a component section by section; definitions of one kind share as few as may be. */
public final class ComponentBytes {
  /** The section of a core module. */
  public static final int CORE_MODULE = 1;

  /** The section of core instances. */
  public static final int CORE_INSTANCE = 2;

  /** The section of core types. */
  public static final int CORE_TYPE = 3;

  /** The section of a component inside. */
  public static final int NESTED = 4;

  /** The section of instances. */
  public static final int INSTANCE = 5;

  /** The section of aliases. */
  public static final int ALIAS = 6;

  /** The section of types. */
  public static final int TYPE = 7;

  /** The section of canonical functions. */
  public static final int CANON = 8;

  /** The section of imports. */
  public static final int IMPORT = 10;

  /** The section of exports. */
  public static final int EXPORT = 11;

  private static final int[] PREAMBLE = {0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00};
  private static final int MOST_ITEMS = 10_000;

  private final ByteWriter out = new ByteWriter().u8s(PREAMBLE);
  private final List<ByteWriter> pending = new ArrayList<>();
  private int section = -1;

  /** An empty component. */
  public ComponentBytes() {}

  /** One definition in a section of definitions. */
  public ComponentBytes item(int kind, ByteWriter body) {
    if (kind != section || pending.size() == MOST_ITEMS) {
      flush();
      section = kind;
    }
    pending.add(body);
    return this;
  }

  /** One definition of a few bytes. */
  public ComponentBytes item(int kind, int... body) {
    return item(kind, new ByteWriter().u8s(body));
  }

  /** A section that is a whole module or component. */
  public ComponentBytes whole(int kind, byte[] body) {
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

  /** The component's bytes. */
  public byte[] toByteArray() {
    flush();
    return out.toByteArray();
  }

  /** The name of an import or export. */
  public static ByteWriter named(String name) {
    return new ByteWriter().u8(0).name(name);
  }

  /** An export of what stands at an index, its type not narrowed. */
  public static ByteWriter export(String name, int sort, int index) {
    return named(name).u8(sort).u32(index).u8(0);
  }

  /** A name that no other number gives, of {@code size} letters and digits at least. */
  public static String name(int number, int size) {
    StringBuilder out = new StringBuilder("a").append(number);
    while (out.length() < size) {
      out.append('x');
    }
    return out.toString();
  }
}
