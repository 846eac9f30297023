// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.abi;

import org.myrhiza.wasm.binary.Utf8;
import org.myrhiza.wasm.value.Value;

/**
 * Strings into guest memory (CanonicalABI.md, Storing). Which allocations a guest sees depends on
 * the form in which the string came and on the encoding that it wants: they are those of the
 * specification, call by call. The guest's allocator may do as it likes with the bytes between two
 * calls, so that what is stored is written again after each.
 */
final class StringStore {
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
    if (!Strings.isWellFormed(value)) {
      throw AbiStop.bug("not well-formed text");
    }
    boolean fromUtf8 = text.form() == Value.Text.Form.UTF8;
    switch (crossing.encoding()) {
      case UTF8 -> {
        if (fromUtf8) {
          copy(Utf8.encode(value), 1, 1);
        } else {
          toUtf8(value, text.form() == Value.Text.Form.LATIN1 ? 2 : 3);
        }
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
          case UTF8 -> toLatin1OrUtf16(value, Utf8.encode(value).length);
          case UTF16 -> probablyUtf16(value);
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

  private void write(byte[] bytes) throws AbiStop {
    crossing.memory().write(address, bytes, 0, bytes.length);
  }

  private void copy(byte[] bytes, int width, int alignment) throws AbiStop {
    crossing.charge(bounded(bytes.length));
    address = crossing.allocate(alignment, bytes.length);
    write(bytes);
    length = bytes.length / width;
  }

  private void toUtf8(String value, int widest) throws AbiStop {
    byte[] encoded = Utf8.encode(value);
    crossing.charge(bounded(encoded.length));
    int units = bounded(value.length());
    address = crossing.allocate(1, units);
    if (encoded.length > units) {
      int worst = bounded((long) widest * units);
      address = crossing.reallocate(address, units, 1, worst);
      if (worst > encoded.length) {
        write(encoded);
        address = crossing.reallocate(address, worst, 1, encoded.length);
      }
    }
    write(encoded);
    length = encoded.length;
  }

  private void utf8ToUtf16(String value) throws AbiStop {
    byte[] encoded = utf16(value);
    int worst = bounded(2L * Utf8.encode(value).length);
    crossing.charge(bounded(encoded.length));
    address = crossing.allocate(2, worst);
    write(encoded);
    if (encoded.length < worst) {
      address = crossing.reallocate(address, worst, 2, encoded.length);
      write(encoded);
    }
    length = encoded.length / 2;
  }

  private void toLatin1OrUtf16(String value, int units) throws AbiStop {
    crossing.charge(bounded(units));
    address = crossing.allocate(2, units);
    byte[] narrow = isLatin1(value) ? latin1(value) : null;
    if (narrow != null) {
      write(narrow);
      if (narrow.length < units) {
        address = crossing.reallocate(address, units, 2, narrow.length);
        write(narrow);
      }
      length = narrow.length;
      return;
    }
    byte[] encoded = utf16(value);
    int worst = bounded(2L * units);
    address = crossing.reallocate(address, units, 2, worst);
    write(encoded);
    if (worst > encoded.length) {
      address = crossing.reallocate(address, worst, 2, encoded.length);
      write(encoded);
    }
    length = (encoded.length / 2) | Strings.UTF16_TAG;
  }

  private void probablyUtf16(String value) throws AbiStop {
    byte[] encoded = utf16(value);
    int bytes = bounded(encoded.length);
    crossing.charge(bytes);
    address = crossing.allocate(2, bytes);
    write(encoded);
    length = value.length() | Strings.UTF16_TAG;
    if (isLatin1(value)) {
      byte[] narrow = latin1(value);
      write(narrow);
      address = crossing.reallocate(address, bytes, 1, narrow.length);
      write(narrow);
      length = narrow.length;
    }
  }

  private static boolean isLatin1(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 0xff) {
        return false;
      }
    }
    return true;
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
