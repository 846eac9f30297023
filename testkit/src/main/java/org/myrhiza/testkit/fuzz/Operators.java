// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.wasm.core.Instructions;

/** Instructions of the deterministic set that only turn operands into one result. */
final class Operators {
  static final int I32_EQZ = 0x45;
  static final int I32_EQ = 0x46;
  static final int I32_GT_S = 0x4A;
  static final int I32_DIV_S = 0x6D;
  static final int I32_DIV_U = 0x6E;
  static final int I32_REM_U = 0x70;
  static final int I32_ADD = 0x6A;
  static final int I32_SUB = 0x6B;
  static final int I32_AND = 0x71;
  static final int I32_OR = 0x72;
  static final int I32_SHL = 0x74;
  static final int I64_DIV_S = 0x7F;
  static final int I64_DIV_U = 0x80;
  static final int I64_REM_S = 0x81;
  static final int I64_REM_U = 0x82;
  static final int I64_OR = 0x84;
  static final int I32_WRAP = 0xA7;
  static final int I64_EXTEND_U = 0xAD;

  /** The first store. */
  private static final int I32_STORE = 0x36;

  private static final List<Integer> TO_I32 = new ArrayList<>();
  private static final List<Integer> TO_I64 = new ArrayList<>();
  private static final List<Integer> LOADS_I32 = new ArrayList<>();
  private static final List<Integer> LOADS_I64 = new ArrayList<>();
  private static final List<Integer> STORES = new ArrayList<>();

  static {
    for (int code = 0; code < Instructions.PREFIXED; code++) {
      if (Instructions.isKnown(code)
          && !Instructions.signature(code).isEmpty()
          && !Instructions.isFloat(code)) {
        sort(code);
      }
    }
  }

  private Operators() {}

  private static void sort(int code) {
    boolean toI32 = Instructions.signature(code).endsWith(":i");
    if (Instructions.immediates(code) == Instructions.Immediates.ACCESS) {
      (code >= I32_STORE ? STORES : toI32 ? LOADS_I32 : LOADS_I64).add(code);
    } else if (code >= I32_EQZ && Instructions.immediates(code) == Instructions.Immediates.NONE) {
      (toI32 ? TO_I32 : TO_I64).add(code);
    }
  }

  static List<Integer> giving(char type) {
    return type == 'i' ? TO_I32 : TO_I64;
  }

  static List<Integer> loads(char type) {
    return type == 'i' ? LOADS_I32 : LOADS_I64;
  }

  static List<Integer> stores() {
    return STORES;
  }

  static boolean divides(int code) {
    return (code >= I32_DIV_S && code <= I32_REM_U) || (code >= I64_DIV_S && code <= I64_REM_U);
  }

  /** The exponent of the greatest alignment that an access may claim. */
  static int alignment(int code) {
    String name = Instructions.name(code);
    String width = name.substring(name.indexOf('.') + 1).replace("load", "").replace("store", "");
    if (width.startsWith("8")) {
      return 0;
    }
    if (width.startsWith("16")) {
      return 1;
    }
    return name.startsWith("i64") && !width.startsWith("32") ? 3 : 2;
  }
}
