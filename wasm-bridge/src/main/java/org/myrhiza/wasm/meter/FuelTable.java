// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

import org.myrhiza.wasm.core.Instructions;

/**
 * Table 0: what instructions cost. Frozen; a change is a new table with a new number.
 *
 * <p>One unit is roughly one simple instruction of compiled code. Prices never depend on how an
 * engine does the work.
 */
public final class FuelTable {
  /** The number of this table, as a genesis names it. */
  public static final int NUMBER = 0;

  /** Entering a function. */
  static final int ENTRY = 8;

  /** Declared locals that one more unit at entry pays for. */
  static final int LOCALS_PER_UNIT = 8;

  /** Calling an import, besides what the host charges for its work. */
  static final int CALL_IMPORT = 50;

  /** Growing a memory, besides the pages. */
  static final int GROW = 100_000;

  /** Each page by which a memory is asked to grow. */
  static final int GROW_PAGE = 1_000;

  /** A bulk instruction, besides its length. */
  static final int BULK = 16;

  /** A bulk instruction on memory pays one unit for {@code 2^BULK_BYTES_SHIFT} bytes. */
  static final int BULK_BYTES_SHIFT = 3;

  private static final int SIMPLE = 1;
  private static final int ACCESS = 2;
  private static final int FLOAT = 2;
  private static final int CALL = 4;
  private static final int DIVISION = 8;

  private static final int I32_DIV_S = 0x6D;
  private static final int I32_REM_U = 0x70;
  private static final int I64_DIV_S = 0x7F;
  private static final int I64_REM_U = 0x82;
  private static final int F32_SQRT = 0x91;
  private static final int F32_DIV = 0x95;
  private static final int F64_SQRT = 0x9F;
  private static final int F64_DIV = 0xA3;

  private static final int[] PRICES = new int[Instructions.CODES];

  static {
    for (int code = 0; code < Instructions.CODES; code++) {
      PRICES[code] = isPriced(code) ? price(code) : 0;
    }
  }

  private FuelTable() {}

  /**
   * What an instruction costs, without what depends on its operands.
   *
   * @param code a code of {@link Instructions}
   */
  public static int of(int code) {
    return PRICES[code];
  }

  /**
   * What entering a function costs.
   *
   * @param locals its declared locals, without parameters
   */
  public static int entry(int locals) {
    return ENTRY + locals / LOCALS_PER_UNIT;
  }

  /** Whether metered code may have the instruction. */
  public static boolean isPriced(int code) {
    return Instructions.isKnown(code) && !Instructions.isOfExceptions(code);
  }

  /** Whether an instruction pays by a length, and the fuel is looked at before it. */
  static boolean isBulk(int code) {
    return switch (code) {
      case Instructions.MEMORY_COPY,
          Instructions.MEMORY_FILL,
          Instructions.MEMORY_INIT,
          Instructions.TABLE_COPY,
          Instructions.TABLE_INIT,
          Instructions.TABLE_FILL,
          Instructions.TABLE_GROW ->
          true;
      default -> false;
    };
  }

  private static int price(int code) {
    return switch (code) {
      case Instructions.NOP,
          Instructions.BLOCK,
          Instructions.LOOP,
          Instructions.ELSE,
          Instructions.END ->
          0;
      case Instructions.CALL -> CALL;
      case Instructions.CALL_INDIRECT -> 2 * CALL;
      case Instructions.BR_TABLE,
          Instructions.GLOBAL_GET,
          Instructions.GLOBAL_SET,
          Instructions.TABLE_GET,
          Instructions.TABLE_SET ->
          ACCESS;
      case Instructions.MEMORY_GROW -> GROW;
      case F32_SQRT, F32_DIV, F64_SQRT, F64_DIV -> DIVISION;
      default -> priceByKind(code);
    };
  }

  private static int priceByKind(int code) {
    if (code >= Instructions.I32_LOAD && code <= Instructions.I64_STORE32) {
      return ACCESS;
    }
    if ((code >= I32_DIV_S && code <= I32_REM_U) || (code >= I64_DIV_S && code <= I64_REM_U)) {
      return DIVISION;
    }
    if (code >= Instructions.MEMORY_INIT && code != Instructions.TABLE_SIZE) {
      return BULK;
    }
    boolean constant = Instructions.immediates(code) != Instructions.Immediates.NONE;
    return Instructions.isFloat(code) && !constant ? FLOAT : SIMPLE;
  }
}
