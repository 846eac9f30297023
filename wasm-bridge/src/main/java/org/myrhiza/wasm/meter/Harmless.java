// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

import org.myrhiza.wasm.core.Instructions;

/**
 * Instructions that cannot trap, change nothing but locals and operands, and go on to the next:
 * whether one of them ran before the fuel was found to be at its end nobody can tell.
 */
final class Harmless {
  private static final int I32_EQZ = 0x45;
  private static final int LAST_EXTENSION = 0xC4;
  private static final int I32_DIV_S = 0x6D;
  private static final int I32_REM_U = 0x70;
  private static final int I64_DIV_S = 0x7F;
  private static final int I64_REM_U = 0x82;
  private static final int I32_TRUNC_F32_S = 0xA8;
  private static final int I32_TRUNC_F64_U = 0xAB;
  private static final int I64_TRUNC_F32_S = 0xAE;
  private static final int I64_TRUNC_F64_U = 0xB1;

  private Harmless() {}

  static boolean is(int code) {
    return switch (code) {
      case Instructions.NOP,
          Instructions.DROP,
          Instructions.SELECT,
          Instructions.LOCAL_GET,
          Instructions.LOCAL_SET,
          Instructions.LOCAL_TEE,
          Instructions.GLOBAL_GET,
          Instructions.I32_CONST,
          Instructions.I64_CONST ->
          true;
      default -> isNumeric(code) && !traps(code);
    };
  }

  private static boolean isNumeric(int code) {
    return code >= I32_EQZ && code <= LAST_EXTENSION;
  }

  private static boolean traps(int code) {
    return within(code, I32_DIV_S, I32_REM_U)
        || within(code, I64_DIV_S, I64_REM_U)
        || within(code, I32_TRUNC_F32_S, I32_TRUNC_F64_U)
        || within(code, I64_TRUNC_F32_S, I64_TRUNC_F64_U);
  }

  private static boolean within(int code, int from, int to) {
    return code >= from && code <= to;
  }
}
