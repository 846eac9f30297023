// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.WasmException;

/** Reads names of imports and exports: a form byte, the name, and attributes in the third form. */
final class NameReader {
  private static final int WITH_ATTRIBUTES = 2;
  private static final int IMPLEMENTS = 0;
  private static final int VERSION_SUFFIX = 1;
  private static final int EXTERNAL_ID = 2;
  private static final int ATTRIBUTES = 3;

  private NameReader() {}

  static Definition.Name read(ByteReader in) throws WasmException {
    int start = in.offset();
    int form = in.u8("name form");
    if (form > WITH_ATTRIBUTES) {
      throw WasmException.malformed(start, "name form", Shown.hex(form), "0x0 to 0x2");
    }
    String name = in.name("name", Limits.NAME_BYTES);
    return new Definition.Name(name, form == WITH_ATTRIBUTES ? attributes(in) : null);
  }

  /** What {@code implements} names; the other attributes are for tools. */
  private static @Nullable String attributes(ByteReader in) throws WasmException {
    String implemented = null;
    int count = in.count("name attributes", ATTRIBUTES);
    int seen = 0;
    for (int i = 0; i < count; i++) {
      int at = in.offset();
      int kind = in.u8("name attribute");
      if (kind > EXTERNAL_ID) {
        throw WasmException.malformed(at, "name attribute", Shown.hex(kind), "0x0 to 0x2");
      }
      if ((seen & (1 << kind)) != 0) {
        throw WasmException.malformed(at, "name attribute", "given twice", "once");
      }
      seen |= 1 << kind;
      String value = in.name("name attribute", Limits.NAME_BYTES);
      if (kind == VERSION_SUFFIX) {
        throw WasmException.malformed(at, "name attribute", "a version suffix", "none");
      }
      if (kind == IMPLEMENTS) {
        implemented = value;
      }
    }
    return implemented;
  }
}
