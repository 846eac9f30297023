// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.WasmException;

/** Reads canonical options: each at most once. */
final class OptionReader {
  private final ByteReader in;
  private final boolean lift;
  private @Nullable StringEncoding encoding;
  private int memory = CanonicalOptions.NONE;
  private int realloc = CanonicalOptions.NONE;
  private int postReturn = CanonicalOptions.NONE;

  OptionReader(ByteReader in, boolean lift) {
    this.in = in;
    this.lift = lift;
  }

  CanonicalOptions read() throws WasmException {
    int count = in.count("canonical options", Limits.VECTOR_ITEMS);
    for (int i = 0; i < count; i++) {
      option();
    }
    StringEncoding given = encoding;
    return new CanonicalOptions(
        given == null ? StringEncoding.UTF8 : given, memory, realloc, postReturn);
  }

  private void option() throws WasmException {
    int start = in.offset();
    int option = in.u8("canonical option");
    switch (option) {
      case 0 -> encoding = encoding(StringEncoding.UTF8, start);
      case 1 -> encoding = encoding(StringEncoding.UTF16, start);
      case 2 -> encoding = encoding(StringEncoding.LATIN1_UTF16, start);
      case 3 -> memory = once("memory", memory, start);
      case 4 -> realloc = once("realloc", realloc, start);
      case 5 -> {
        if (!lift) {
          throw WasmException.invalid(start, "canonical option", "post-return", "only in a lift");
        }
        postReturn = once("post-return", postReturn, start);
      }
      case 6, 7 -> throw WasmException.unsupported(Feature.ASYNC, start);
      case 8, 9 -> throw WasmException.unsupported(Feature.GC, start);
      default ->
          throw WasmException.malformed(start, "canonical option", Shown.hex(option), "0x0 to 0x9");
    }
  }

  private StringEncoding encoding(StringEncoding given, int offset) throws WasmException {
    StringEncoding before = encoding;
    if (before != null) {
      throw WasmException.invalid(
          offset, "string encoding", before.text() + " and " + given.text(), "one of them");
    }
    return given;
  }

  private int once(String what, int before, int offset) throws WasmException {
    int index = in.index(what + " index");
    if (before != CanonicalOptions.NONE) {
      throw WasmException.invalid(offset, "canonical option " + what, "given twice", "once");
    }
    return index;
  }
}
