// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.abi;

import org.myrhiza.wasm.binary.Utf8;
import org.myrhiza.wasm.engine.CoreMemory;
import org.myrhiza.wasm.value.Value;

/** Strings out of guest memory (CanonicalABI.md, Loading): strict in every encoding. */
final class Strings {
  /** Set in the length of a string that {@code latin1+utf16} holds as UTF-16. */
  static final int UTF16_TAG = 0x8000_0000;

  private Strings() {}

  static Value.Text lift(Crossing crossing, int address, int length) throws AbiStop {
    return switch (crossing.encoding()) {
      case UTF8 -> new Value.Text(utf8(bytes(crossing, address, length, 1, 1)));
      case UTF16 -> utf16(crossing, address, length, Value.Text.Form.UTF16);
      case LATIN1_UTF16 ->
          (length & UTF16_TAG) != 0
              ? utf16(crossing, address, length ^ UTF16_TAG, Value.Text.Form.TAGGED_UTF16)
              : new Value.Text(
                  latin1(bytes(crossing, address, length, 1, 2)), Value.Text.Form.LATIN1);
    };
  }

  private static Value.Text utf16(Crossing crossing, int address, int units, Value.Text.Form form)
      throws AbiStop {
    return new Value.Text(utf16(bytes(crossing, address, units, 2, 2)), form);
  }

  private static byte[] bytes(Crossing crossing, int address, int units, int width, int alignment)
      throws AbiStop {
    if (units < 0 || units > Limits.STRING_BYTES / width) {
      throw AbiStop.rule("string outside memory");
    }
    int length = units * width;
    CoreMemory m = crossing.checked(address, length, alignment);
    crossing.charge(length);
    byte[] out = new byte[length];
    m.read(address, out, 0, length);
    return out;
  }

  private static String utf8(byte[] bytes) throws AbiStop {
    if (Utf8.firstInvalid(bytes, 0, bytes.length) >= 0) {
      throw AbiStop.rule("string is not UTF-8");
    }
    return Utf8.decode(bytes, 0, bytes.length);
  }

  private static String utf16(byte[] bytes) throws AbiStop {
    char[] out = new char[bytes.length / 2];
    for (int i = 0; i < out.length; i++) {
      out[i] = (char) ((bytes[2 * i] & 0xff) | ((bytes[2 * i + 1] & 0xff) << 8));
    }
    String text = new String(out);
    if (!Utf8.isWellFormed(text)) {
      throw AbiStop.rule("string is not UTF-16");
    }
    return text;
  }

  private static String latin1(byte[] bytes) {
    char[] out = new char[bytes.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (char) (bytes[i] & 0xff);
    }
    return new String(out);
  }

  static boolean isSurrogate(int code) {
    return code >= 0xd800 && code <= 0xdfff;
  }
}
