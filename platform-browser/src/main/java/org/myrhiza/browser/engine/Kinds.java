// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.engine;

import java.util.List;
import org.myrhiza.wasm.engine.ValueKind;

/** Core types as the letters that {@code engine.js} uses. */
final class Kinds {
  static final String I32 = "i";
  static final String I64 = "I";

  private Kinds() {}

  static String letter(ValueKind kind) {
    return switch (kind) {
      case I32 -> I32;
      case I64 -> I64;
      case F32 -> "f";
      case F64 -> "F";
    };
  }

  static String letters(List<ValueKind> kinds) {
    StringBuilder letters = new StringBuilder();
    for (ValueKind kind : kinds) {
      letters.append(letter(kind));
    }
    return letters.toString();
  }
}
