// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

import java.util.List;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.WasmException;

/** Checks types and stack discipline of bodies (core specification, section 3.3). */
final class FunctionValidator {
  private static final int I32 = ValueType.I32.code();
  private static final int FUNCREF = ValueType.FUNCREF.code();
  private static final int[] NOTHING = {};

  private final ModuleParts parts;
  private final FeatureSet set;
  private final boolean[] declared;
  private final OperandStack stack;
  private final int[][] params;
  private final int[][] results;
  private int[] locals = new int[64];
  private int localCount;

  FunctionValidator(ModuleParts parts, FeatureSet set, boolean[] declared) {
    this.parts = parts;
    this.set = set;
    this.declared = declared;
    this.stack = new OperandStack(Limits.of(set));
    int types = parts.types.size();
    this.params = new int[types][];
    this.results = new int[types][];
    for (int i = 0; i < types; i++) {
      params[i] = codes(parts.types.get(i).params());
      results[i] = codes(parts.types.get(i).results());
    }
  }

  /** Validates a body and returns its greatest operand height. */
  int validate(FunctionBody body, int type) throws WasmException {
    fillLocals(body, type);
    stack.clear();
    ByteReader in = new ByteReader(parts.array, body.from(), body.to());
    InstructionReader reader = new InstructionReader(in, set);
    stack.open(Instructions.BLOCK, NOTHING, results[type], body.from());
    while (stack.frames() > 0) {
      reader.next();
      Policy.checkInstruction(reader.code(), reader.start(), set);
      check(reader);
    }
    in.expectEnd("body");
    return stack.greatest();
  }

  private void fillLocals(FunctionBody body, int type) {
    int[] parameters = params[type];
    localCount = parameters.length + body.localCount();
    if (locals.length < localCount) {
      locals = new int[Math.max(localCount, locals.length * 2)];
    }
    System.arraycopy(parameters, 0, locals, 0, parameters.length);
    int at = parameters.length;
    for (FunctionBody.LocalRun run : body.locals()) {
      for (int i = 0; i < run.count(); i++) {
        locals[at++] = run.type().code();
      }
    }
  }

  private void check(InstructionReader reader) throws WasmException {
    String signature = Instructions.signature(reader.code());
    if (!signature.isEmpty()) {
      checkImmediates(reader);
      applySignature(signature, reader.start());
      return;
    }
    int code = reader.code();
    if (Instructions.isOfExceptions(code)) {
      checkExceptions(reader);
    } else if (code <= Instructions.CALL_INDIRECT) {
      checkControl(reader);
    } else if (code <= Instructions.GLOBAL_SET) {
      checkVariable(reader);
    } else {
      checkReference(reader);
    }
  }

  private void applySignature(String signature, int offset) throws WasmException {
    int colon = signature.indexOf(':');
    for (int i = colon - 1; i >= 0; i--) {
      stack.pop(codeOf(signature.charAt(i)), offset);
    }
    for (int i = colon + 1; i < signature.length(); i++) {
      stack.push(codeOf(signature.charAt(i)), offset);
    }
  }

  private static int codeOf(char letter) {
    return switch (letter) {
      case 'i' -> I32;
      case 'l' -> ValueType.I64.code();
      case 'f' -> ValueType.F32.code();
      case 'd' -> ValueType.F64.code();
      default -> throw new IllegalStateException("letter " + letter);
    };
  }

  private void checkImmediates(InstructionReader reader) throws WasmException {
    int at = reader.start();
    switch (Instructions.immediates(reader.code())) {
      case ACCESS -> {
        needMemory(reader.memory(), at);
        int natural = Instructions.naturalAlignment(reader.code());
        if (reader.first() > natural) {
          throw WasmException.invalid(
              at, "alignment", "2^" + reader.first(), "at most 2^" + natural);
        }
      }
      case MEMORY -> needMemory(reader.memory(), at);
      case MEMORY_MEMORY -> {
        needMemory(reader.memory(), at);
        needMemory(reader.sourceMemory(), at);
      }
      case DATA_MEMORY -> {
        needMemory(reader.memory(), at);
        needData(reader.first(), at);
      }
      case DATA -> needData(reader.first(), at);
      case ELEMENT -> need("element segment index", reader.first(), parts.elements.size(), at);
      case TABLE -> table(reader.first(), at);
      case ELEMENT_TABLE -> {
        need("element segment index", reader.first(), parts.elements.size(), at);
        ValueType wanted = table(reader.second(), at).element();
        same(wanted, parts.elements.get(reader.first()).type(), at);
      }
      case TABLE_TABLE -> {
        ValueType wanted = table(reader.first(), at).element();
        same(wanted, table(reader.second(), at).element(), at);
      }
      case NONE,
          BLOCK,
          LABEL,
          LABELS,
          FUNCTION,
          TYPE_TABLE,
          LOCAL,
          GLOBAL,
          CATCHES,
          TAG,
          I32,
          I64,
          F32,
          F64,
          TYPES,
          REFERENCE -> {}
    }
  }

  private void checkControl(InstructionReader reader) throws WasmException {
    int at = reader.start();
    switch (reader.code()) {
      case Instructions.UNREACHABLE -> stack.markUnreachable();
      case Instructions.BLOCK, Instructions.LOOP -> openBlock(reader);
      case Instructions.IF -> {
        stack.pop(I32, at);
        openBlock(reader);
      }
      case Instructions.ELSE -> checkElse(at);
      case Instructions.END -> checkEnd(at);
      case Instructions.BR -> {
        stack.popAll(stack.label(reader.first(), at), at);
        stack.markUnreachable();
      }
      case Instructions.BR_IF -> {
        stack.pop(I32, at);
        int[] types = stack.label(reader.first(), at);
        stack.popAll(types, at);
        stack.pushAll(types, at);
      }
      case Instructions.BR_TABLE -> checkTableBranch(reader);
      case Instructions.RETURN -> {
        stack.popAll(stack.results(), at);
        stack.markUnreachable();
      }
      case Instructions.CALL -> {
        need("function index", reader.first(), parts.functionTypes.size(), at);
        call(parts.functionTypes.get(reader.first()), at);
      }
      case Instructions.CALL_INDIRECT -> {
        same(ValueType.FUNCREF, table(reader.second(), at).element(), at);
        need("type index", reader.first(), params.length, at);
        stack.pop(I32, at);
        call(reader.first(), at);
      }
      default -> throw new IllegalStateException("control " + reader.code());
    }
  }

  private void checkExceptions(InstructionReader reader) throws WasmException {
    int at = reader.start();
    parts.useExceptions(at);
    if (reader.code() == Instructions.THROW) {
      stack.popAll(carried(reader.first(), at), at);
      stack.markUnreachable();
      return;
    }
    for (int i = 0; i < reader.targetCount(); i++) {
      int tag = reader.tag(i);
      int[] given = tag == InstructionReader.ANY_TAG ? NOTHING : carried(tag, at);
      if (given.length > 0 && stack.isLoop(reader.target(i), at)) {
        throw WasmException.refused(
            at, "label of a catch", "a loop with parameters", "another label");
      }
      if (!sameTypes(given, stack.label(reader.target(i), at))) {
        throw WasmException.invalid(
            at, "label of a catch", "another type", "what the exception carries");
      }
    }
    openBlock(reader);
  }

  /** What an exception with the tag carries. */
  private int[] carried(int tag, int at) throws WasmException {
    need("tag index", tag, parts.tagTypes.size(), at);
    return params[parts.tagTypes.get(tag)];
  }

  private void openBlock(InstructionReader reader) throws WasmException {
    int at = reader.start();
    int type = reader.first();
    int[] start = NOTHING;
    int[] end = NOTHING;
    if (type >= 0) {
      need("type index", type, params.length, at);
      start = params[type];
      end = results[type];
    } else if (type != InstructionReader.EMPTY_BLOCK) {
      end = new int[] {-1 - type};
    }
    stack.popAll(start, at);
    stack.open(reader.code(), start, end, at);
  }

  private void checkElse(int at) throws WasmException {
    stack.close(at);
    if (stack.closedOpcode() != Instructions.IF) {
      throw WasmException.invalid(at, "else", "no if to belong to", "an if before it");
    }
    stack.open(Instructions.ELSE, stack.closedStart(), stack.closedEnd(), at);
  }

  private void checkEnd(int at) throws WasmException {
    stack.close(at);
    int[] end = stack.closedEnd();
    if (stack.closedOpcode() == Instructions.IF && !sameTypes(stack.closedStart(), end)) {
      throw WasmException.invalid(
          at, "if without else", "results unlike its parameters", "the same types");
    }
    if (stack.frames() > 0) {
      stack.pushAll(end, at);
    }
  }

  private void checkTableBranch(InstructionReader reader) throws WasmException {
    int at = reader.start();
    stack.pop(I32, at);
    int last = reader.targetCount() - 1;
    int[] types = stack.label(reader.target(last), at);
    for (int i = 0; i < last; i++) {
      int[] others = stack.label(reader.target(i), at);
      if (others.length != types.length) {
        throw WasmException.invalid(
            at, "results of a br_table label", others.length + "", types.length + "");
      }
      stack.peekAll(others, at);
    }
    stack.popAll(types, at);
    stack.markUnreachable();
  }

  private void call(int type, int at) throws WasmException {
    stack.popAll(params[type], at);
    stack.pushAll(results[type], at);
  }

  private void checkVariable(InstructionReader reader) throws WasmException {
    int at = reader.start();
    switch (reader.code()) {
      case Instructions.DROP -> stack.pop(at);
      case Instructions.SELECT -> checkSelect(at);
      case Instructions.SELECT_TYPED -> {
        stack.pop(I32, at);
        stack.pop(reader.first(), at);
        stack.pop(reader.first(), at);
        stack.push(reader.first(), at);
      }
      case Instructions.LOCAL_GET -> stack.push(local(reader), at);
      case Instructions.LOCAL_SET -> stack.pop(local(reader), at);
      case Instructions.LOCAL_TEE -> {
        int type = local(reader);
        stack.pop(type, at);
        stack.push(type, at);
      }
      case Instructions.GLOBAL_GET -> stack.push(global(reader).type().code(), at);
      case Instructions.GLOBAL_SET -> {
        ExternType.Global global = global(reader);
        if (!global.mutable()) {
          throw WasmException.invalid(at, "global.set", "an immutable global", "a mutable one");
        }
        stack.pop(global.type().code(), at);
      }
      default -> throw new IllegalStateException("variable " + reader.code());
    }
  }

  private void checkSelect(int at) throws WasmException {
    stack.pop(I32, at);
    int second = stack.pop(at);
    int first = stack.pop(second, at);
    int type = first == OperandStack.UNKNOWN ? second : first;
    if (type == FUNCREF || type == ValueType.EXTERNREF.code()) {
      throw WasmException.invalid(at, "select", "references", "numbers");
    }
    stack.push(type, at);
  }

  private void checkReference(InstructionReader reader) throws WasmException {
    int at = reader.start();
    switch (reader.code()) {
      case Instructions.TABLE_GET -> {
        int element = table(reader.first(), at).element().code();
        stack.pop(I32, at);
        stack.push(element, at);
      }
      case Instructions.TABLE_SET -> {
        stack.pop(table(reader.first(), at).element().code(), at);
        stack.pop(I32, at);
      }
      case Instructions.TABLE_GROW -> {
        int element = table(reader.first(), at).element().code();
        stack.pop(I32, at);
        stack.pop(element, at);
        stack.push(I32, at);
      }
      case Instructions.TABLE_FILL -> {
        int element = table(reader.first(), at).element().code();
        stack.pop(I32, at);
        stack.pop(element, at);
        stack.pop(I32, at);
      }
      case Instructions.REF_NULL -> stack.push(reader.first(), at);
      case Instructions.REF_IS_NULL -> {
        int seen = stack.pop(at);
        if (seen != OperandStack.UNKNOWN && seen > FUNCREF) {
          throw WasmException.invalid(at, "operand", ValueType.nameOf(seen), "a reference");
        }
        stack.push(I32, at);
      }
      case Instructions.REF_FUNC -> {
        need("function index", reader.first(), declared.length, at);
        if (!declared[reader.first()]) {
          throw WasmException.invalid(
              at, "ref.func", "function " + reader.first(), "a function declared in a segment");
        }
        stack.push(FUNCREF, at);
      }
      default -> throw new IllegalStateException("reference " + reader.code());
    }
  }

  private int local(InstructionReader reader) throws WasmException {
    need("local index", reader.first(), localCount, reader.start());
    return locals[reader.first()];
  }

  private ExternType.Global global(InstructionReader reader) throws WasmException {
    need("global index", reader.first(), parts.globals.size(), reader.start());
    return parts.globals.get(reader.first());
  }

  private ExternType.Table table(int index, int at) throws WasmException {
    need("table index", index, parts.tables.size(), at);
    return parts.tables.get(index);
  }

  private void needMemory(int index, int at) throws WasmException {
    if (parts.memories.isEmpty()) {
      throw WasmException.invalid(at, "memory", "none", "a memory");
    }
    need("memory index", index, parts.memories.size(), at);
  }

  private void needData(int index, int at) throws WasmException {
    if (parts.dataCount < 0) {
      throw WasmException.malformed(at, "data count section", "none", "one before the code");
    }
    need("data segment index", index, parts.dataCount, at);
  }

  private static void need(String what, int index, int size, int at) throws WasmException {
    if (index < 0 || index >= size) {
      throw WasmException.invalid(at, what, Integer.toUnsignedString(index), "below " + size);
    }
  }

  private static void same(ValueType wanted, ValueType seen, int at) throws WasmException {
    if (wanted != seen) {
      throw WasmException.invalid(at, "reference type", seen.text(), wanted.text());
    }
  }

  private static boolean sameTypes(int[] left, int[] right) {
    if (left.length != right.length) {
      return false;
    }
    for (int i = 0; i < left.length; i++) {
      if (left[i] != right[i]) {
        return false;
      }
    }
    return true;
  }

  private static int[] codes(List<ValueType> types) {
    int[] codes = new int[types.size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = types.get(i).code();
    }
    return codes;
  }
}
