// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.core.FunctionBody;
import org.myrhiza.wasm.core.InstructionReader;
import org.myrhiza.wasm.core.Instructions;
import org.myrhiza.wasm.core.ValueType;

/**
 * One body of {@link MarkedWrites}. Operands of a write wait in locals while it is marked; marks
 * are kept before whatever could leave the function.
 */
final class MarkedBody {
  private static final int I32_STORE = 0x36;
  private static final int I64_STORE = 0x37;
  private static final int F32_STORE = 0x38;
  private static final int F64_STORE = 0x39;
  private static final int I64_STORE8 = 0x3C;
  private static final int I32_ADD = 0x6A;
  private static final int I32_SUB = 0x6B;
  private static final int I32_AND = 0x71;
  private static final int I32_OR = 0x72;
  private static final int I32_SHL = 0x74;
  private static final int I32_SHR_U = 0x76;

  private static final int LAST_BLOCK = MarkedWrites.BLOCKS - 1;
  private static final int NONE = -1;

  private final byte[] array;
  private final FunctionBody body;
  private final Marks marks;
  private final InstructionReader reader;
  private final ByteWriter code = new ByteWriter();
  private final int firstAdded;
  private final List<ValueType> added = new ArrayList<>();
  private int gathered = NONE;
  private int address = NONE;
  private int length = NONE;
  private final Map<ValueType, Integer> values = new EnumMap<>(ValueType.class);

  /** Blocks around the current instruction; the label of the function itself. */
  private int depth;

  /**
   * Where marks are kept.
   *
   * @param global the global
   * @param blockBits the size of a block, as a power of two
   */
  record Marks(int global, int blockBits) {}

  MarkedBody(byte[] array, FunctionBody body, int params, Marks marks) {
    this.array = array;
    this.body = body;
    this.marks = marks;
    this.firstAdded = params + body.localCount();
    ByteReader in = new ByteReader(array, body.from(), body.to());
    this.reader = new InstructionReader(in, FeatureSet.BRIDGE);
  }

  /** The body, locals first, without its size. */
  ByteWriter rewritten() throws WasmException {
    if (writes()) {
      gathered = addLocal(ValueType.I32);
      address = addLocal(ValueType.I32);
    }
    while (!reader.atEnd()) {
      reader.next();
      rewriteOne(reader.code());
    }
    ByteWriter out = new ByteWriter().u32(body.locals().size() + added.size());
    for (FunctionBody.LocalRun run : body.locals()) {
      out.u32(run.count()).u8(run.type().code());
    }
    added.forEach(type -> out.u32(1).u8(type.code()));
    return out.append(code);
  }

  private boolean writes() throws WasmException {
    ByteReader in = new ByteReader(array, body.from(), body.to());
    InstructionReader ahead = new InstructionReader(in, FeatureSet.BRIDGE);
    while (!ahead.atEnd()) {
      ahead.next();
      if (isStore(ahead.code()) || isBulk(ahead.code())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isStore(int opcode) {
    return opcode >= I32_STORE && opcode <= Instructions.I64_STORE32;
  }

  private static boolean isBulk(int opcode) {
    return opcode == Instructions.MEMORY_FILL
        || opcode == Instructions.MEMORY_COPY
        || opcode == Instructions.MEMORY_INIT;
  }

  private void rewriteOne(int opcode) {
    if (gathered != NONE) {
      switch (opcode) {
        case Instructions.BLOCK, Instructions.LOOP, Instructions.IF -> depth++;
        case Instructions.END -> {
          keepWhere(depth == 0);
          depth--;
        }
        case Instructions.BR, Instructions.BR_IF -> keepWhere(reader.first() == depth);
        case Instructions.BR_TABLE, Instructions.RETURN -> keepWhere(true);
        default -> {
          if (isStore(opcode)) {
            markStore(opcode);
          } else if (isBulk(opcode)) {
            markBulk();
          }
        }
      }
    }
    code.bytes(array, reader.start(), reader.end());
  }

  private int addLocal(ValueType type) {
    added.add(type);
    return firstAdded + added.size() - 1;
  }

  private void get(int local) {
    code.u8(Instructions.LOCAL_GET).u32(local);
  }

  private void set(int local) {
    code.u8(Instructions.LOCAL_SET).u32(local);
  }

  private void constant(int value) {
    code.u8(Instructions.I32_CONST).s32(value);
  }

  /** Adds the marks to those of the module. */
  private void keepWhere(boolean leaves) {
    if (leaves) {
      code.u8(Instructions.GLOBAL_GET).u32(marks.global());
      get(gathered);
      code.u8(I32_OR).u8(Instructions.GLOBAL_SET).u32(marks.global());
    }
  }

  private int valueLocal(ValueType type) {
    return values.computeIfAbsent(type, this::addLocal);
  }

  private static ValueType stored(int opcode) {
    return switch (opcode) {
      case F32_STORE -> ValueType.F32;
      case F64_STORE -> ValueType.F64;
      case I64_STORE -> ValueType.I64;
      default -> opcode >= I64_STORE8 ? ValueType.I64 : ValueType.I32;
    };
  }

  private void markStore(int opcode) {
    int value = valueLocal(stored(opcode));
    set(value);
    set(address);
    get(gathered);
    constant(1);
    get(address);
    if (reader.second() != 0) {
      constant(reader.second());
      code.u8(I32_ADD);
    }
    block();
    code.u8(I32_SHL).u8(I32_OR);
    set(gathered);
    get(address);
    get(value);
  }

  /** Makes an address the number of its block, above 31 only where the write traps. */
  private void block() {
    constant(marks.blockBits());
    code.u8(I32_SHR_U);
  }

  /** Marks from the first to the last block; some where the length is zero. */
  private void markBulk() {
    int middle = valueLocal(ValueType.I32);
    if (length == NONE) {
      length = addLocal(ValueType.I32);
    }
    set(length);
    set(middle);
    set(address);
    get(gathered);
    constant(-1);
    get(address);
    block();
    code.u8(I32_SHL);
    constant(-1);
    constant(LAST_BLOCK);
    get(address);
    get(length);
    code.u8(I32_ADD);
    constant(1);
    code.u8(I32_SUB);
    block();
    code.u8(I32_SUB).u8(I32_SHR_U).u8(I32_AND).u8(I32_OR);
    set(gathered);
    get(address);
    get(middle);
    get(length);
  }
}
