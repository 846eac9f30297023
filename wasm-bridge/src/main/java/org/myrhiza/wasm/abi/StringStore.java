// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.abi;

import org.myrhiza.wasm.binary.Utf8;
import org.myrhiza.wasm.component.StringEncoding;
import org.myrhiza.wasm.engine.CoreMemory;
import org.myrhiza.wasm.value.Value;

/**
 * Strings into guest memory (CanonicalABI.md, Storing). Which allocations a guest sees, and which
 * bytes are there at each of them, depends on the form in which the string came and on the encoding
 * that it wants: both are as in the specification, step by step.
 */
final class StringStore {
  private static final int ASCII_END = 0x80;
  private static final int LATIN1_END = 0x100;

  private final Crossing crossing;

  /** Where the last string went. */
  private int address;

  /** Its length, as the encoding counts and tags it. */
  private int length;

  StringStore(Crossing crossing) {
    this.crossing = crossing;
  }

  int address() {
    return address;
  }

  int length() {
    return length;
  }

  /** Stores; {@link #address} and {@link #length} tell the rest. */
  void store(Value.Text text) throws AbiStop {
    String value = text.value();
    if (crossing.encoding() == StringEncoding.UTF8 && text.form() == Value.Text.Form.UTF8) {
      byte[] encoded = Utf8.encodeOrNull(value);
      if (encoded != null) {
        copy(encoded, 1, 1);
        return;
      }
    }
    if (!Utf8.isWellFormed(value)) {
      throw AbiStop.bug("not well-formed text");
    }
    boolean fromUtf8 = text.form() == Value.Text.Form.UTF8;
    switch (crossing.encoding()) {
      case UTF8 -> {
        if (fromUtf8) {
          throw AbiStop.rule("string of more than " + Limits.STRING_BYTES + " bytes");
        }
        toUtf8(value, text.form() == Value.Text.Form.LATIN1 ? 2 : 3);
      }
      case UTF16 -> {
        if (fromUtf8) {
          utf8ToUtf16(value);
        } else {
          copy(utf16(value), 2, 2);
        }
      }
      case LATIN1_UTF16 -> {
        switch (text.form()) {
          case LATIN1 -> copy(latin1(value), 1, 2);
          case UTF8 -> toLatin1OrUtf16(value, bounded(Utf8.encodedSize(value)));
          case UTF16 -> toLatin1OrUtf16(value, value.length());
          case TAGGED_UTF16 -> probablyUtf16(value);
        }
      }
    }
  }

  private static int bounded(long bytes) throws AbiStop {
    if (bytes > Limits.STRING_BYTES) {
      throw AbiStop.rule("string of more than " + Limits.STRING_BYTES + " bytes");
    }
    return (int) bytes;
  }

  private void write(byte[] bytes, int from, int to) throws AbiStop {
    crossing.memory().write(address + from, bytes, from, to - from);
  }

  private void copy(byte[] bytes, int width, int alignment) throws AbiStop {
    crossing.charge(bounded(bytes.length));
    address = crossing.allocate(alignment, bytes.length);
    write(bytes, 0, bytes.length);
    length = bytes.length / width;
  }

  private void shrink(int from, int alignment, int to) throws AbiStop {
    if (to < from) {
      address = crossing.reallocate(address, from, alignment, to);
    }
  }

  private void toUtf8(String value, int widest) throws AbiStop {
    byte[] encoded = Utf8.encode(value);
    crossing.charge(bounded(encoded.length));
    int units = bounded(value.length());
    address = crossing.allocate(1, units);
    int narrow = below(value, ASCII_END);
    write(encoded, 0, narrow);
    if (narrow < units) {
      int worst = bounded((long) widest * units);
      address = crossing.reallocate(address, units, 1, worst);
      write(encoded, narrow, encoded.length);
      shrink(worst, 1, encoded.length);
    }
    length = encoded.length;
  }

  private void utf8ToUtf16(String value) throws AbiStop {
    byte[] encoded = utf16(value);
    int worst = bounded(2L * Utf8.encodedSize(value));
    crossing.charge(bounded(encoded.length));
    address = crossing.allocate(2, worst);
    write(encoded, 0, encoded.length);
    shrink(worst, 2, encoded.length);
    length = encoded.length / 2;
  }

  private void toLatin1OrUtf16(String value, int units) throws AbiStop {
    crossing.charge(bounded(units));
    address = crossing.allocate(2, units);
    int narrow = below(value, LATIN1_END);
    write(latin1(value), 0, narrow);
    if (narrow == value.length()) {
      shrink(units, 2, narrow);
      length = narrow;
      return;
    }
    byte[] encoded = utf16(value);
    int worst = bounded(2L * units);
    crossing.charge(Math.max(0, encoded.length - units));
    address = crossing.reallocate(address, units, 2, worst);
    CoreMemory memory = crossing.memory();
    for (int i = narrow - 1; i >= 0; i--) {
      memory.storeShort(address + 2 * i, memory.loadByte(address + i));
    }
    write(encoded, 2 * narrow, encoded.length);
    shrink(worst, 2, encoded.length);
    length = (encoded.length / 2) | Strings.UTF16_TAG;
  }

  private void probablyUtf16(String value) throws AbiStop {
    byte[] encoded = utf16(value);
    int bytes = bounded(encoded.length);
    crossing.charge(bytes);
    address = crossing.allocate(2, bytes);
    write(encoded, 0, bytes);
    length = value.length() | Strings.UTF16_TAG;
    if (below(value, LATIN1_END) == value.length()) {
      CoreMemory memory = crossing.memory();
      for (int i = 0; i < value.length(); i++) {
        memory.storeByte(address + i, memory.loadByte(address + 2 * i));
      }
      address = crossing.reallocate(address, bytes, 1, value.length());
      length = value.length();
    }
  }

  /** How many code units at the start are below the limit. */
  private static int below(String value, int limit) {
    int count = 0;
    while (count < value.length() && value.charAt(count) < limit) {
      count++;
    }
    return count;
  }

  private static byte[] latin1(String value) {
    byte[] out = new byte[value.length()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) value.charAt(i);
    }
    return out;
  }

  private static byte[] utf16(String value) {
    byte[] out = new byte[2 * value.length()];
    for (int i = 0; i < value.length(); i++) {
      out[2 * i] = (byte) value.charAt(i);
      out[2 * i + 1] = (byte) (value.charAt(i) >> 8);
    }
    return out;
  }
}
