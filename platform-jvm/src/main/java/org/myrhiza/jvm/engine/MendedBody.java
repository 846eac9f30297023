// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.core.FunctionBody;
import org.myrhiza.wasm.core.InstructionReader;
import org.myrhiza.wasm.core.Instructions;
import org.myrhiza.wasm.core.ValueType;

/** One body of {@link Mended}. Blocks keep their number, so labels do. */
final class MendedBody {
  private static final int EMPTY_BLOCK = 0x40;
  private static final int I32_LOAD8_U = 0x2D;
  private static final int I32_STORE = 0x36;
  private static final int I32_STORE8 = 0x3A;
  private static final int I64_STORE8 = 0x3C;
  private static final int I32_EQ = 0x46;
  private static final int I32_MUL = 0x6C;
  private static final int I32_OR = 0x72;
  private static final int I32_WRAP_I64 = 0xA7;

  private final Mended module;
  private final byte[] array;
  private final FunctionBody body;
  private final int firstAdded;
  private final InstructionReader reader;
  private final ByteWriter code = new ByteWriter();
  private final List<ValueType> added = new ArrayList<>();
  private final List<Label> labels = new ArrayList<>();

  /** Two i32 locals for checked stores; negative while there is none. */
  private int storeLocals = -1;

  MendedBody(Mended module, byte[] array, FunctionBody body, int params) {
    this.module = module;
    this.array = array;
    this.body = body;
    this.firstAdded = params + body.localCount();
    ByteReader in = new ByteReader(array, body.from(), body.to());
    this.reader = new InstructionReader(in, FeatureSet.BRIDGE);
  }

  /** A block whose parameters, if it has any, wait in locals from {@code first} on. */
  private static final class Label {
    private final int opcode;
    private final List<ValueType> params;
    private final int first;
    private boolean otherwise;

    Label(int opcode, List<ValueType> params, int first) {
      this.opcode = opcode;
      this.params = params;
      this.first = first;
    }

    /** Whether a branch to it puts its values into the locals. */
    boolean takesLocals() {
      return opcode == Instructions.LOOP && !params.isEmpty();
    }
  }

  ByteWriter rewritten() throws WasmException {
    labels.add(new Label(Instructions.BLOCK, List.of(), 0));
    while (!reader.atEnd()) {
      reader.next();
      rewriteOne();
    }
    ByteWriter out = new ByteWriter().u32(body.locals().size() + added.size());
    for (FunctionBody.LocalRun run : body.locals()) {
      out.u32(run.count()).u8(run.type().code());
    }
    added.forEach(type -> out.u32(1).u8(type.code()));
    return out.append(code);
  }

  private void rewriteOne() {
    switch (reader.code()) {
      case Instructions.BLOCK, Instructions.LOOP, Instructions.IF, Instructions.TRY_TABLE -> open();
      case Instructions.ELSE -> {
        Label label = labels.getLast();
        label.otherwise = true;
        copy();
        getAll(label.first, label.params);
      }
      case Instructions.END -> close();
      case Instructions.BR -> {
        fill(label(reader.first()));
        copy();
      }
      case Instructions.BR_IF -> branchIf();
      case Instructions.BR_TABLE -> branchTable();
      case I32_STORE8, I64_STORE8, Instructions.I64_STORE32 -> store();
      case I32_MUL -> multiply();
      default -> copy();
    }
  }

  private void copy() {
    code.bytes(array, reader.start(), reader.end());
  }

  private Label label(int depth) {
    return labels.get(labels.size() - 1 - depth);
  }

  private int addLocal(ValueType type) {
    added.add(type);
    return firstAdded + added.size() - 1;
  }

  private int addLocals(List<ValueType> types) {
    int first = firstAdded + added.size();
    added.addAll(types);
    return first;
  }

  private void get(int local) {
    code.u8(Instructions.LOCAL_GET).u32(local);
  }

  private void set(int local) {
    code.u8(Instructions.LOCAL_SET).u32(local);
  }

  private void getAll(int first, List<ValueType> types) {
    for (int i = 0; i < types.size(); i++) {
      get(first + i);
    }
  }

  private void setAll(int first, List<ValueType> types) {
    for (int i = types.size() - 1; i >= 0; i--) {
      set(first + i);
    }
  }

  private void fill(Label label) {
    if (label.takesLocals()) {
      setAll(label.first, label.params);
    }
  }

  private void open() {
    int opcode = reader.code();
    List<ValueType> params = reader.first() >= 0 ? module.type(reader.first()).params() : List.of();
    if (params.isEmpty()) {
      labels.add(new Label(opcode, params, 0));
      copy();
      return;
    }
    module.markChanged();
    int condition = opcode == Instructions.IF ? addLocal(ValueType.I32) : -1;
    Label label = new Label(opcode, params, addLocals(params));
    if (condition >= 0) {
      set(condition);
    }
    setAll(label.first, params);
    if (condition >= 0) {
      get(condition);
    }
    code.u8(opcode).s64(module.blockType(module.type(reader.first()).results()));
    if (opcode == Instructions.TRY_TABLE) {
      code.bytes(array, reader.behindType(), reader.end());
    }
    getAll(label.first, params);
    labels.add(label);
  }

  private void close() {
    Label label = labels.removeLast();
    if (label.opcode == Instructions.IF && !label.otherwise && !label.params.isEmpty()) {
      code.u8(Instructions.ELSE);
      getAll(label.first, label.params);
    }
    copy();
  }

  /** The values stay on the stack for when the branch is not taken. */
  private void branchIf() {
    Label target = label(reader.first());
    if (target.takesLocals()) {
      int condition = addLocal(ValueType.I32);
      set(condition);
      fill(target);
      getAll(target.first, target.params);
      get(condition);
    }
    copy();
  }

  /** With loops that have parameters among the targets it becomes a row of comparisons. */
  private void branchTable() {
    int last = reader.targetCount() - 1;
    List<ValueType> carried = List.of();
    for (int i = 0; i <= last; i++) {
      Label target = label(reader.target(i));
      carried = target.takesLocals() ? target.params : carried;
    }
    if (carried.isEmpty()) {
      copy();
      return;
    }
    int index = addLocal(ValueType.I32);
    int values = addLocals(carried);
    set(index);
    setAll(values, carried);
    for (int i = 0; i < last; i++) {
      get(index);
      code.u8(Instructions.I32_CONST).s32(i).u8(I32_EQ).u8s(Instructions.IF, EMPTY_BLOCK);
      getAll(values, carried);
      fill(label(reader.target(i)));
      code.u8(Instructions.BR).u32(reader.target(i) + 1).u8(Instructions.END);
    }
    getAll(values, carried);
    fill(label(reader.target(last)));
    code.u8(Instructions.BR).u32(reader.target(last));
  }

  /** Anything that makes the interpreter forget the upper half of the product. */
  private void multiply() {
    copy();
    if (module.isInterpreted()) {
      module.markChanged();
      code.u8(Instructions.I32_CONST).s32(0).u8(I32_OR);
    }
  }

  private void store() {
    if (!module.isInterpreted()) {
      copy();
      return;
    }
    module.markChanged();
    if (reader.code() != I32_STORE8) {
      code.u8(I32_WRAP_I64);
    }
    if (reader.code() == Instructions.I64_STORE32) {
      code.u8(I32_STORE).bytes(array, reader.start() + 1, reader.end());
    } else {
      storeByte();
    }
  }

  /** Loads from the address before it stores there; without an offset the store is right. */
  private void storeByte() {
    if (reader.second() != 0) {
      if (storeLocals < 0) {
        storeLocals = addLocals(List.of(ValueType.I32, ValueType.I32));
      }
      set(storeLocals);
      set(storeLocals + 1);
      get(storeLocals + 1);
      code.u8s(I32_LOAD8_U, 0).u32(reader.second()).u8(Instructions.DROP);
      get(storeLocals + 1);
      get(storeLocals);
    }
    code.u8(I32_STORE8).bytes(array, reader.start() + 1, reader.end());
  }
}
