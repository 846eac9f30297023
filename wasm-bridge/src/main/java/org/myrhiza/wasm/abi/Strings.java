// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.abi;

import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.Utf8;

/** UTF-8 at the boundary: strict both ways. */
final class Strings {
  private Strings() {}

  /** Text from a guest's bytes, which trap when they are not well-formed. */
  static String decode(byte[] bytes) throws AbiStop {
    if (Utf8.firstInvalid(bytes, 0, bytes.length) >= 0) {
      throw AbiStop.rule("string is not UTF-8");
    }
    return Utf8.decode(bytes, 0, bytes.length);
  }

  /** Bytes of a host's text, or null when it holds a lone surrogate. */
  static byte @Nullable [] encode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isSurrogate(c)) {
        boolean pair = isHigh(c) && i + 1 < text.length() && isLow(text.charAt(i + 1));
        if (!pair) {
          return null;
        }
        i++;
      }
    }
    return Utf8.encode(text);
  }

  static boolean isSurrogate(int code) {
    return code >= 0xd800 && code <= 0xdfff;
  }

  private static boolean isHigh(int code) {
    return code >= 0xd800 && code <= 0xdbff;
  }

  private static boolean isLow(int code) {
    return code >= 0xdc00 && code <= 0xdfff;
  }
}
