// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.WasmException;

/**
 * Reads one instruction after the other. The fields of the last one stay readable until the next;
 * nothing is allocated on the way except for long {@code br_table}s.
 *
 * <p>Block types read as a type's index, as {@link #EMPTY_BLOCK}, or as {@code -1 - code} of the
 * one result's {@link ValueType#code}.
 */
public final class InstructionReader {
  /** The block type without parameters and results. */
  public static final int EMPTY_BLOCK = Integer.MIN_VALUE;

  /** What a catch without a tag has in its place. */
  public static final int ANY_TAG = -1;

  private static final int CATCH = 0;
  private static final int CATCH_REF = 1;
  private static final int CATCH_ALL = 2;
  private static final int CATCH_ALL_REF = 3;
  private static final int MAX_ALIGNMENT = 31;
  private static final int MULTI_MEMORY_FLAG = 0x40;

  private final ByteReader in;
  private final FeatureSet set;

  private int start;
  private int code;
  private int first;
  private int second;
  private int memory;
  private int sourceMemory;
  private long wide;
  private int[] targets = new int[16];
  private int targetCount;
  private int[] tags = new int[4];
  private int behindType;

  /**
   * Reads the instructions of a body.
   *
   * @param in positioned at the first of them
   * @param set which types and how many branch targets are allowed
   */
  public InstructionReader(ByteReader in, FeatureSet set) {
    this.in = in;
    this.set = set;
  }

  /** Whether all bytes were read. */
  public boolean atEnd() {
    return in.atEnd();
  }

  /** The offset of the last instruction. */
  public int start() {
    return start;
  }

  /** The offset after the last instruction. */
  public int end() {
    return in.offset();
  }

  /** The last instruction's code, see {@link Instructions}. */
  public int code() {
    return code;
  }

  /** The first immediate: an index, a label, a block type, an alignment, or a 32-bit constant. */
  public int first() {
    return first;
  }

  /** The second immediate: an index, or the unsigned offset of an access. */
  public int second() {
    return second;
  }

  /** The memory that is accessed, asked, grown, filled or written to. */
  public int memory() {
    return memory;
  }

  /** The memory that {@code memory.copy} reads. */
  public int sourceMemory() {
    return sourceMemory;
  }

  /** The constant of {@code i64.const}; the bits of a float constant. */
  public long wide() {
    return wide;
  }

  /** How many targets the {@code br_table} has, its default included as the last; or catches. */
  public int targetCount() {
    return targetCount;
  }

  /** A target of the {@code br_table}, or the label of a catch. */
  public int target(int index) {
    return targets[index];
  }

  /** The tag of a catch of the {@code try_table}, or {@link #ANY_TAG}. */
  public int tag(int index) {
    return tags[index];
  }

  /** The offset after the block type of the {@code try_table}. */
  public int behindType() {
    return behindType;
  }

  /** Moves to the next instruction. */
  public void next() throws WasmException {
    start = in.offset();
    code = in.u8("instruction");
    if (code == 0xFC) {
      int number = in.u32("instruction after 0xFC");
      code = number >= 0 && number < 64 ? Instructions.PREFIXED + number : -1;
    }
    if (!Instructions.isKnown(code)
        || (Instructions.isOfExceptions(code) && set != FeatureSet.BRIDGE)) {
      throw unknown();
    }
    readImmediates(Instructions.immediates(code));
  }

  private void readImmediates(Instructions.Immediates immediates) throws WasmException {
    switch (immediates) {
      case NONE -> {}
      case BLOCK -> first = blockType();
      case CATCHES -> readCatches();
      case TAG -> first = in.u32("tag index");
      case LABEL -> first = in.u32("label");
      case LABELS -> readTargets();
      case FUNCTION -> first = in.u32("function index");
      case LOCAL -> first = in.u32("local index");
      case GLOBAL -> first = in.u32("global index");
      case TABLE -> first = in.u32("table index");
      case DATA -> first = in.u32("data segment index");
      case ELEMENT -> first = in.u32("element segment index");
      case TYPE_TABLE -> readPair("type index", "table index");
      case TABLE_TABLE -> readPair("table index", "table index");
      case ELEMENT_TABLE -> readPair("element segment index", "table index");
      case MEMORY -> memory = memoryIndex();
      case MEMORY_MEMORY -> {
        memory = memoryIndex();
        sourceMemory = memoryIndex();
      }
      case DATA_MEMORY -> {
        first = in.u32("data segment index");
        memory = memoryIndex();
      }
      case ACCESS -> readAccess();
      case I32 -> first = in.s32("i32 constant");
      case I64 -> wide = in.s64("i64 constant");
      case F32 -> wide = Integer.toUnsignedLong(in.fixed32("f32 constant"));
      case F64 -> wide = in.fixed64("f64 constant");
      case TYPES -> readSelectType();
      case REFERENCE -> first = TypeReader.reference(in).code();
    }
  }

  private void readPair(String what, String then) throws WasmException {
    first = in.u32(what);
    second = in.u32(then);
  }

  private int blockType() throws WasmException {
    int at = in.offset();
    int peeked = in.peek("block type");
    if (peeked == 0x40) {
      in.skip(1, "block type");
      return EMPTY_BLOCK;
    }
    if ((peeked & 0xC0) == 0x40) {
      return -1 - TypeReader.operand(in, set).code();
    }
    long index = in.s33("block type");
    if (index < 0 || index > Integer.MAX_VALUE) {
      throw WasmException.malformed(at, "block type", Long.toString(index), "a type or an index");
    }
    return (int) index;
  }

  private void readTargets() throws WasmException {
    int count = in.count("br_table targets", Limits.of(set).branchTargets());
    if (targets.length <= count) {
      targets = new int[Math.max(count + 1, targets.length * 2)];
    }
    targetCount = count + 1;
    for (int i = 0; i < targetCount; i++) {
      targets[i] = in.u32("label");
    }
  }

  private void readCatches() throws WasmException {
    first = blockType();
    behindType = in.offset();
    int count = in.count("catches", Limits.of(set).branchTargets());
    if (targets.length < count) {
      targets = new int[Math.max(count, targets.length * 2)];
    }
    if (tags.length < count) {
      tags = new int[Math.max(count, tags.length * 2)];
    }
    targetCount = count;
    for (int i = 0; i < count; i++) {
      int at = in.offset();
      int kind = in.u8("kind of catch");
      if (kind == CATCH_REF || kind == CATCH_ALL_REF) {
        throw CoreFeature.EXCEPTION_REFERENCES.at(at);
      }
      if (kind != CATCH && kind != CATCH_ALL) {
        throw WasmException.malformed(at, "kind of catch", Integer.toString(kind), "0 to 3");
      }
      tags[i] = kind == CATCH ? in.u32("tag index") : ANY_TAG;
      targets[i] = in.u32("label");
    }
  }

  private int memoryIndex() throws WasmException {
    if (set == FeatureSet.BRIDGE) {
      return in.u32("memory index");
    }
    int at = in.offset();
    if (in.u8("memory index") != 0) {
      throw CoreFeature.MULTI_MEMORY.at(at);
    }
    return 0;
  }

  private void readAccess() throws WasmException {
    int at = in.offset();
    first = in.u32("alignment");
    memory = 0;
    if (set == FeatureSet.BRIDGE && (first & ~MAX_ALIGNMENT) == MULTI_MEMORY_FLAG) {
      first &= MAX_ALIGNMENT;
      memory = in.u32("memory index");
    }
    if (Integer.compareUnsigned(first, MAX_ALIGNMENT) > 0) {
      if (Integer.compareUnsigned(first, 2 * MULTI_MEMORY_FLAG) < 0
          && (first & MULTI_MEMORY_FLAG) != 0) {
        throw CoreFeature.MULTI_MEMORY.at(at);
      }
      throw WasmException.malformed(
          at, "alignment", Integer.toUnsignedString(first), "an exponent of at most 31");
    }
    second = in.u32("offset");
  }

  private void readSelectType() throws WasmException {
    int at = in.offset();
    int count = in.count("types of select", 1_000);
    if (count != 1) {
      throw WasmException.invalid(at, "types of select", Integer.toString(count), "1");
    }
    first = TypeReader.operand(in, set).code();
  }

  private WasmException unknown() {
    int byteSeen = in.array()[start] & 0xFF;
    @Nullable CoreFeature feature =
        switch (byteSeen) {
          case 0x0A ->
              set == FeatureSet.BRIDGE ? CoreFeature.EXCEPTION_REFERENCES : CoreFeature.EXCEPTIONS;
          case 0x06, 0x07, 0x08, 0x09, 0x18, 0x19, 0x1F -> CoreFeature.EXCEPTIONS;
          case 0x12, 0x13, 0x15 -> CoreFeature.TAIL_CALLS;
          case 0x14, 0xD4, 0xD5, 0xD6 -> CoreFeature.TYPED_FUNCTION_REFERENCES;
          case 0xD3, 0xFB -> CoreFeature.GC;
          case 0xFC -> wideArithmetic();
          case 0xFD -> CoreFeature.SIMD;
          case 0xFE -> CoreFeature.THREADS;
          default -> null;
        };
    if (feature != null) {
      return feature.at(start);
    }
    return WasmException.malformed(
        start, "instruction", "opcode 0x" + Integer.toHexString(byteSeen), "a known opcode");
  }

  private @Nullable CoreFeature wideArithmetic() {
    int number = code - Instructions.PREFIXED;
    return number >= 19 && number <= 22 ? CoreFeature.WIDE_ARITHMETIC : null;
  }
}
