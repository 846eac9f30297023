// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.WasmException;

/** Counts what one binary consists of, so that reading it takes bounded memory. */
final class PartCount {
  private int parts;
  private int modules;

  /** Reads the number of a vector's items. */
  int read(ByteReader in, String what) throws WasmException {
    int start = in.offset();
    int count = in.count(what, Limits.VECTOR_ITEMS);
    parts += count;
    if (parts > Limits.PARTS) {
      throw WasmException.refused(start, "parts of a component", "more", "at most " + Limits.PARTS);
    }
    return count;
  }

  /** Counts a core module. */
  void module(int offset) throws WasmException {
    if (++modules > Limits.CORE_MODULES) {
      throw WasmException.refused(offset, "core modules", "more", "at most " + Limits.CORE_MODULES);
    }
  }
}
