// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

/**
 * The instructions that the bridge knows: name, immediates and, where they do not depend on the
 * context, operand and result types.
 *
 * <p>A code is the opcode byte; instructions behind the prefix 0xFC have 0x100 plus their number.
 */
public final class Instructions {
  /** What follows the opcode. */
  public enum Immediates {
    /** Nothing. */
    NONE,
    /** A block type. */
    BLOCK,
    /** A block type and what is caught. */
    CATCHES,
    /** A tag's index. */
    TAG,
    /** A label. */
    LABEL,
    /** Labels and the default label. */
    LABELS,
    /** A function's index. */
    FUNCTION,
    /** A type's index and a table's. */
    TYPE_TABLE,
    /** A local's index. */
    LOCAL,
    /** A global's index. */
    GLOBAL,
    /** A table's index. */
    TABLE,
    /** A memory's index. */
    MEMORY,
    /** Alignment, a memory's index unless it is the first, and offset. */
    ACCESS,
    /** A 32-bit integer. */
    I32,
    /** A 64-bit integer. */
    I64,
    /** The bits of a single float. */
    F32,
    /** The bits of a double float. */
    F64,
    /** The types of a typed select. */
    TYPES,
    /** A reference type. */
    REFERENCE,
    /** A data segment and a memory's index. */
    DATA_MEMORY,
    /** A data segment. */
    DATA,
    /** The memory that is written and the one that is read. */
    MEMORY_MEMORY,
    /** An element segment and a table. */
    ELEMENT_TABLE,
    /** An element segment. */
    ELEMENT,
    /** Two tables. */
    TABLE_TABLE
  }

  /** The offset of instructions behind the prefix 0xFC. */
  public static final int PREFIXED = 0x100;

  /** {@code unreachable}. */
  public static final int UNREACHABLE = 0x00;

  /** {@code nop}. */
  public static final int NOP = 0x01;

  /** {@code block}. */
  public static final int BLOCK = 0x02;

  /** {@code loop}. */
  public static final int LOOP = 0x03;

  /** {@code if}. */
  public static final int IF = 0x04;

  /** {@code else}. */
  public static final int ELSE = 0x05;

  /** {@code throw}. */
  public static final int THROW = 0x08;

  /** {@code try_table}. */
  public static final int TRY_TABLE = 0x1F;

  /** {@code end}. */
  public static final int END = 0x0B;

  /** {@code br}. */
  public static final int BR = 0x0C;

  /** {@code br_if}. */
  public static final int BR_IF = 0x0D;

  /** {@code br_table}. */
  public static final int BR_TABLE = 0x0E;

  /** {@code return}. */
  public static final int RETURN = 0x0F;

  /** {@code call}. */
  public static final int CALL = 0x10;

  /** {@code call_indirect}. */
  public static final int CALL_INDIRECT = 0x11;

  /** {@code drop}. */
  public static final int DROP = 0x1A;

  /** {@code select}. */
  public static final int SELECT = 0x1B;

  /** {@code select}. */
  public static final int SELECT_TYPED = 0x1C;

  /** {@code local.get}. */
  public static final int LOCAL_GET = 0x20;

  /** {@code local.set}. */
  public static final int LOCAL_SET = 0x21;

  /** {@code local.tee}. */
  public static final int LOCAL_TEE = 0x22;

  /** {@code global.get}. */
  public static final int GLOBAL_GET = 0x23;

  /** {@code global.set}. */
  public static final int GLOBAL_SET = 0x24;

  /** {@code table.get}. */
  public static final int TABLE_GET = 0x25;

  /** {@code table.set}. */
  public static final int TABLE_SET = 0x26;

  /** {@code i32.load}, the first load or store. */
  public static final int I32_LOAD = 0x28;

  /** {@code i64.store32}, the last load or store. */
  public static final int I64_STORE32 = 0x3E;

  /** {@code memory.size}. */
  public static final int MEMORY_SIZE = 0x3F;

  /** {@code memory.grow}. */
  public static final int MEMORY_GROW = 0x40;

  /** {@code i32.const}. */
  public static final int I32_CONST = 0x41;

  /** {@code i64.const}. */
  public static final int I64_CONST = 0x42;

  /** {@code f32.const}. */
  public static final int F32_CONST = 0x43;

  /** {@code f64.const}. */
  public static final int F64_CONST = 0x44;

  /** {@code ref.null}. */
  public static final int REF_NULL = 0xD0;

  /** {@code ref.is_null}. */
  public static final int REF_IS_NULL = 0xD1;

  /** {@code ref.func}. */
  public static final int REF_FUNC = 0xD2;

  /** {@code memory.init}. */
  public static final int MEMORY_INIT = PREFIXED + 8;

  /** {@code data.drop}. */
  public static final int DATA_DROP = PREFIXED + 9;

  /** {@code memory.copy}. */
  public static final int MEMORY_COPY = PREFIXED + 10;

  /** {@code memory.fill}. */
  public static final int MEMORY_FILL = PREFIXED + 11;

  /** {@code table.init}. */
  public static final int TABLE_INIT = PREFIXED + 12;

  /** {@code elem.drop}. */
  public static final int ELEM_DROP = PREFIXED + 13;

  /** {@code table.copy}. */
  public static final int TABLE_COPY = PREFIXED + 14;

  /** {@code table.grow}. */
  public static final int TABLE_GROW = PREFIXED + 15;

  /** {@code table.size}. */
  public static final int TABLE_SIZE = PREFIXED + 16;

  /** {@code table.fill}. */
  public static final int TABLE_FILL = PREFIXED + 17;

  /** One more than the greatest code. */
  public static final int CODES = PREFIXED + 18;

  private static final String[] NAMES = new String[CODES];
  private static final Immediates[] IMMEDIATES = new Immediates[CODES];
  private static final String[] SIGNATURES = new String[CODES];

  /**
   * Number instructions without immediates, from 0x45 on in the order of their codes, as {@code
   * name signature}: i, l, f, d for i32, i64, f32, f64, operands before the colon.
   */
  private static final String PLAIN =
      """
      i32.eqz i:i;i32.eq ii:i;i32.ne ii:i;i32.lt_s ii:i;i32.lt_u ii:i;i32.gt_s ii:i;i32.gt_u ii:i;
      i32.le_s ii:i;i32.le_u ii:i;i32.ge_s ii:i;i32.ge_u ii:i;
      i64.eqz l:i;i64.eq ll:i;i64.ne ll:i;i64.lt_s ll:i;i64.lt_u ll:i;i64.gt_s ll:i;i64.gt_u ll:i;
      i64.le_s ll:i;i64.le_u ll:i;i64.ge_s ll:i;i64.ge_u ll:i;
      f32.eq ff:i;f32.ne ff:i;f32.lt ff:i;f32.gt ff:i;f32.le ff:i;f32.ge ff:i;
      f64.eq dd:i;f64.ne dd:i;f64.lt dd:i;f64.gt dd:i;f64.le dd:i;f64.ge dd:i;
      i32.clz i:i;i32.ctz i:i;i32.popcnt i:i;i32.add ii:i;i32.sub ii:i;i32.mul ii:i;i32.div_s ii:i;
      i32.div_u ii:i;i32.rem_s ii:i;i32.rem_u ii:i;i32.and ii:i;i32.or ii:i;i32.xor ii:i;
      i32.shl ii:i;i32.shr_s ii:i;i32.shr_u ii:i;i32.rotl ii:i;i32.rotr ii:i;
      i64.clz l:l;i64.ctz l:l;i64.popcnt l:l;i64.add ll:l;i64.sub ll:l;i64.mul ll:l;i64.div_s ll:l;
      i64.div_u ll:l;i64.rem_s ll:l;i64.rem_u ll:l;i64.and ll:l;i64.or ll:l;i64.xor ll:l;
      i64.shl ll:l;i64.shr_s ll:l;i64.shr_u ll:l;i64.rotl ll:l;i64.rotr ll:l;
      f32.abs f:f;f32.neg f:f;f32.ceil f:f;f32.floor f:f;f32.trunc f:f;f32.nearest f:f;f32.sqrt f:f;
      f32.add ff:f;f32.sub ff:f;f32.mul ff:f;f32.div ff:f;f32.min ff:f;f32.max ff:f;
      f32.copysign ff:f;
      f64.abs d:d;f64.neg d:d;f64.ceil d:d;f64.floor d:d;f64.trunc d:d;f64.nearest d:d;f64.sqrt d:d;
      f64.add dd:d;f64.sub dd:d;f64.mul dd:d;f64.div dd:d;f64.min dd:d;f64.max dd:d;
      f64.copysign dd:d;
      i32.wrap_i64 l:i;i32.trunc_f32_s f:i;i32.trunc_f32_u f:i;i32.trunc_f64_s d:i;
      i32.trunc_f64_u d:i;i64.extend_i32_s i:l;i64.extend_i32_u i:l;i64.trunc_f32_s f:l;
      i64.trunc_f32_u f:l;i64.trunc_f64_s d:l;i64.trunc_f64_u d:l;f32.convert_i32_s i:f;
      f32.convert_i32_u i:f;f32.convert_i64_s l:f;f32.convert_i64_u l:f;f32.demote_f64 d:f;
      f64.convert_i32_s i:d;f64.convert_i32_u i:d;f64.convert_i64_s l:d;f64.convert_i64_u l:d;
      f64.promote_f32 f:d;i32.reinterpret_f32 f:i;i64.reinterpret_f64 d:l;f32.reinterpret_i32 i:f;
      f64.reinterpret_i64 l:d;i32.extend8_s i:i;i32.extend16_s i:i;i64.extend8_s l:l;
      i64.extend16_s l:l;i64.extend32_s l:l\
      """;

  /** Loads and stores, from 0x28 on. */
  private static final String ACCESSES =
      """
      i32.load i:i;i64.load i:l;f32.load i:f;f64.load i:d;i32.load8_s i:i;i32.load8_u i:i;
      i32.load16_s i:i;i32.load16_u i:i;i64.load8_s i:l;i64.load8_u i:l;i64.load16_s i:l;
      i64.load16_u i:l;i64.load32_s i:l;i64.load32_u i:l;i32.store ii:;i64.store il:;f32.store if:;
      f64.store id:;i32.store8 ii:;i32.store16 ii:;i64.store8 il:;i64.store16 il:;
      i64.store32 il:\
      """;

  /** Saturating conversions, from the first behind the prefix. */
  private static final String SATURATING =
      """
      i32.trunc_sat_f32_s f:i;i32.trunc_sat_f32_u f:i;i32.trunc_sat_f64_s d:i;
      i32.trunc_sat_f64_u d:i;i64.trunc_sat_f32_s f:l;i64.trunc_sat_f32_u f:l;
      i64.trunc_sat_f64_s d:l;i64.trunc_sat_f64_u d:l\
      """;

  /** Exponents of the natural alignments of the accesses, in the same order. */
  private static final String ALIGNMENTS = "23230011001122232301012";

  static {
    fillControl();
    fillState();
    fillList(I32_LOAD, ACCESSES, Immediates.ACCESS);
    fillList(0x45, PLAIN, Immediates.NONE);
    fillList(PREFIXED, SATURATING, Immediates.NONE);
    fillBulk();
  }

  private Instructions() {}

  /** Whether there is an instruction with the code. */
  public static boolean isKnown(int code) {
    return code >= 0 && code < CODES && NAMES[code] != null;
  }

  /** Whether the instruction is one of exceptions, which metered code has none of. */
  public static boolean isOfExceptions(int code) {
    return code == THROW || code == TRY_TABLE;
  }

  /** The name in the text format. */
  public static String name(int code) {
    return NAMES[code];
  }

  /** What follows the opcode. */
  public static Immediates immediates(int code) {
    return IMMEDIATES[code];
  }

  /**
   * Operands and results as letters, or an empty text when they depend on the context.
   *
   * @param code a known code
   */
  public static String signature(int code) {
    return SIGNATURES[code];
  }

  /** Whether the instruction itself handles floats. */
  public static boolean isFloat(int code) {
    String signature = SIGNATURES[code];
    return signature.indexOf('f') >= 0 || signature.indexOf('d') >= 0;
  }

  /** The exponent of the natural alignment of a load or store. */
  static int naturalAlignment(int code) {
    return ALIGNMENTS.charAt(code - I32_LOAD) - '0';
  }

  private static void fillControl() {
    fill(UNREACHABLE, "unreachable", "", Immediates.NONE);
    fill(NOP, "nop", ":", Immediates.NONE);
    fill(BLOCK, "block", "", Immediates.BLOCK);
    fill(LOOP, "loop", "", Immediates.BLOCK);
    fill(IF, "if", "", Immediates.BLOCK);
    fill(ELSE, "else", "", Immediates.NONE);
    fill(THROW, "throw", "", Immediates.TAG);
    fill(TRY_TABLE, "try_table", "", Immediates.CATCHES);
    fill(END, "end", "", Immediates.NONE);
    fill(BR, "br", "", Immediates.LABEL);
    fill(BR_IF, "br_if", "", Immediates.LABEL);
    fill(BR_TABLE, "br_table", "", Immediates.LABELS);
    fill(RETURN, "return", "", Immediates.NONE);
    fill(CALL, "call", "", Immediates.FUNCTION);
    fill(CALL_INDIRECT, "call_indirect", "", Immediates.TYPE_TABLE);
  }

  private static void fillState() {
    fill(DROP, "drop", "", Immediates.NONE);
    fill(SELECT, "select", "", Immediates.NONE);
    fill(SELECT_TYPED, "select", "", Immediates.TYPES);
    fill(LOCAL_GET, "local.get", "", Immediates.LOCAL);
    fill(LOCAL_SET, "local.set", "", Immediates.LOCAL);
    fill(LOCAL_TEE, "local.tee", "", Immediates.LOCAL);
    fill(GLOBAL_GET, "global.get", "", Immediates.GLOBAL);
    fill(GLOBAL_SET, "global.set", "", Immediates.GLOBAL);
    fill(TABLE_GET, "table.get", "", Immediates.TABLE);
    fill(TABLE_SET, "table.set", "", Immediates.TABLE);
    fill(MEMORY_SIZE, "memory.size", ":i", Immediates.MEMORY);
    fill(MEMORY_GROW, "memory.grow", "i:i", Immediates.MEMORY);
    fill(I32_CONST, "i32.const", ":i", Immediates.I32);
    fill(I64_CONST, "i64.const", ":l", Immediates.I64);
    fill(F32_CONST, "f32.const", ":f", Immediates.F32);
    fill(F64_CONST, "f64.const", ":d", Immediates.F64);
    fill(REF_NULL, "ref.null", "", Immediates.REFERENCE);
    fill(REF_IS_NULL, "ref.is_null", "", Immediates.NONE);
    fill(REF_FUNC, "ref.func", "", Immediates.FUNCTION);
  }

  private static void fillBulk() {
    fill(MEMORY_INIT, "memory.init", "iii:", Immediates.DATA_MEMORY);
    fill(DATA_DROP, "data.drop", ":", Immediates.DATA);
    fill(MEMORY_COPY, "memory.copy", "iii:", Immediates.MEMORY_MEMORY);
    fill(MEMORY_FILL, "memory.fill", "iii:", Immediates.MEMORY);
    fill(TABLE_INIT, "table.init", "iii:", Immediates.ELEMENT_TABLE);
    fill(ELEM_DROP, "elem.drop", ":", Immediates.ELEMENT);
    fill(TABLE_COPY, "table.copy", "iii:", Immediates.TABLE_TABLE);
    fill(TABLE_GROW, "table.grow", "", Immediates.TABLE);
    fill(TABLE_SIZE, "table.size", ":i", Immediates.TABLE);
    fill(TABLE_FILL, "table.fill", "", Immediates.TABLE);
  }

  private static void fillList(int first, String list, Immediates immediates) {
    int code = first;
    for (String row : list.replace("\n", "").split(";", -1)) {
      int space = row.indexOf(' ');
      fill(code++, row.substring(0, space), row.substring(space + 1), immediates);
    }
  }

  private static void fill(int code, String name, String signature, Immediates immediates) {
    NAMES[code] = name;
    SIGNATURES[code] = signature;
    IMMEDIATES[code] = immediates;
  }
}
