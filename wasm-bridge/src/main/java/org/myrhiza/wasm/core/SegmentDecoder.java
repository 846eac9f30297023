// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.core.ConstantExpression.Kind;

/** Reads element segments, data segments, bodies and the constant expressions in them. */
final class SegmentDecoder {
  private static final int PASSIVE_OR_DECLARATIVE = 1;
  private static final int EXPLICIT = 2;
  private static final int EXPRESSIONS = 4;

  private final ByteReader in;
  private final FeatureSet set;
  private final Limits limits;
  private final ModuleParts parts;
  private long totalLocals;

  SegmentDecoder(ByteReader in, FeatureSet set, ModuleParts parts) {
    this.in = in;
    this.set = set;
    this.limits = Limits.of(set);
    this.parts = parts;
  }

  void readElements() throws WasmException {
    int count = in.count("element segments", limits.entities());
    for (int i = 0; i < count; i++) {
      parts.elements.add(readElementSegment());
    }
  }

  private ElementSegment readElementSegment() throws WasmException {
    int at = in.offset();
    int flags = in.u32("flags of element segment");
    if (flags < 0 || flags > 7) {
      throw WasmException.malformed(
          at, "flags of element segment", Integer.toUnsignedString(flags), "0 to 7");
    }
    Placement placement = readElementPlacement(flags);
    ValueType type = ValueType.FUNCREF;
    if ((flags & (PASSIVE_OR_DECLARATIVE | EXPLICIT)) != 0) {
      type = readElementType((flags & EXPRESSIONS) != 0);
    }
    int size = in.count("elements", limits.tableElements());
    int[] items = new int[size];
    for (int i = 0; i < size; i++) {
      items[i] =
          (flags & EXPRESSIONS) == 0
              ? ModuleDecoder.indexBelow(in, "function index", parts.functionTypes.size())
              : readReference(type);
    }
    return new ElementSegment(placement, type, items, at);
  }

  private Placement readElementPlacement(int flags) throws WasmException {
    if ((flags & PASSIVE_OR_DECLARATIVE) != 0) {
      return (flags & EXPLICIT) != 0 ? new Placement.Declarative() : new Placement.Passive();
    }
    int table = 0;
    if ((flags & EXPLICIT) != 0 || parts.tables.isEmpty()) {
      table =
          (flags & EXPLICIT) != 0
              ? ModuleDecoder.indexBelow(in, "table index", parts.tables.size())
              : missing("table");
    }
    return new Placement.Active(table, readConstant());
  }

  private int missing(String what) throws WasmException {
    throw WasmException.invalid(in.offset(), what + " of segment", "none", "a " + what);
  }

  private ValueType readElementType(boolean expressions) throws WasmException {
    if (expressions) {
      return TypeReader.reference(in);
    }
    int at = in.offset();
    int kind = in.u8("kind of elements");
    if (kind != 0) {
      throw WasmException.malformed(at, "kind of elements", Integer.toString(kind), "0");
    }
    return ValueType.FUNCREF;
  }

  private int readReference(ValueType type) throws WasmException {
    ConstantExpression constant = readConstant();
    return switch (constant.kind()) {
      case NULL -> {
        ConstantTypes.expect(type, ConstantTypes.ofReference(constant), constant.offset());
        yield ElementSegment.NULL;
      }
      case FUNCTION -> {
        ConstantTypes.expect(type, ValueType.FUNCREF, constant.offset());
        yield ConstantTypes.function(constant, parts);
      }
      case GLOBAL -> {
        ExternType.Global global = ConstantTypes.global(constant, parts);
        ConstantTypes.expect(type, global.type(), constant.offset());
        yield -2 - (int) constant.bits();
      }
      case I32, I64, F32, F64 ->
          throw WasmException.invalid(constant.offset(), "element", "a number", type.text());
    };
  }

  void readData() throws WasmException {
    int count = in.count("data segments", limits.entities());
    for (int i = 0; i < count; i++) {
      int at = in.offset();
      Placement placement = readDataPlacement();
      int size = in.index("size of data");
      int start = in.offset();
      in.skip(size, "data");
      parts.data.add(new DataSegment(placement, start, start + size, at));
    }
  }

  private Placement readDataPlacement() throws WasmException {
    int at = in.offset();
    int flags = in.u32("flags of data segment");
    int memory = 0;
    switch (flags) {
      case 0 -> {}
      case 1 -> {
        return new Placement.Passive();
      }
      case 2 -> {
        int memoryAt = in.offset();
        memory = in.u32("memory index");
        if (set != FeatureSet.BRIDGE && memory != 0) {
          throw CoreFeature.MULTI_MEMORY.at(memoryAt);
        }
      }
      default ->
          throw WasmException.malformed(
              at, "flags of data segment", Integer.toUnsignedString(flags), "0 to 2");
    }
    if (parts.memories.isEmpty()) {
      missing("memory");
    }
    if (memory < 0 || memory >= parts.memories.size()) {
      throw WasmException.invalid(
          at, "memory index", Integer.toUnsignedString(memory), "below " + parts.memories.size());
    }
    return new Placement.Active(memory, readConstant());
  }

  void readCode() throws WasmException {
    int count = in.count("bodies", limits.functions());
    int defined = parts.functionTypes.size() - parts.importedFunctions;
    if (count != defined) {
      throw WasmException.malformed(
          in.offset(), "number of bodies", Integer.toString(count), Integer.toString(defined));
    }
    for (int i = 0; i < count; i++) {
      int size = in.index("size of body");
      parts.bodies.add(readBody(in.sub(size, "body")));
    }
  }

  private FunctionBody readBody(ByteReader body) throws WasmException {
    int runs = body.count("runs of locals", limits.locals());
    List<FunctionBody.LocalRun> locals = new ArrayList<>(runs);
    long total = 0;
    for (int i = 0; i < runs; i++) {
      int at = body.offset();
      int count = body.u32("number of locals");
      total += Integer.toUnsignedLong(count);
      if (total > limits.locals()) {
        throw WasmException.refused(
            at, "locals of a function", Long.toString(total), "at most " + limits.locals());
      }
      locals.add(new FunctionBody.LocalRun(count, TypeReader.operand(body, set)));
    }
    totalLocals += total;
    if (totalLocals > Limits.TOTAL_LOCALS) {
      throw WasmException.refused(
          body.offset(),
          "locals of all functions",
          Long.toString(totalLocals),
          "at most " + Limits.TOTAL_LOCALS);
    }
    return new FunctionBody(locals, (int) total, body.offset(), body.end());
  }

  ConstantExpression readConstant() throws WasmException {
    int at = in.offset();
    int code = in.u8("constant expression");
    ConstantExpression constant = readConstantInstruction(code, at);
    int endAt = in.offset();
    int end = in.u8("end of constant expression");
    if (end != Instructions.END) {
      throw afterConstant(end, endAt);
    }
    return constant;
  }

  private ConstantExpression readConstantInstruction(int code, int at) throws WasmException {
    Policy.checkConstant(code, at, set);
    return switch (code) {
      case Instructions.I32_CONST -> constant(Kind.I32, in.s32("i32 constant"), at);
      case Instructions.I64_CONST -> constant(Kind.I64, in.s64("i64 constant"), at);
      case Instructions.F32_CONST ->
          constant(Kind.F32, Integer.toUnsignedLong(in.fixed32("f32 constant")), at);
      case Instructions.F64_CONST -> constant(Kind.F64, in.fixed64("f64 constant"), at);
      case Instructions.GLOBAL_GET ->
          constant(Kind.GLOBAL, Integer.toUnsignedLong(in.u32("global index")), at);
      case Instructions.REF_NULL -> constant(Kind.NULL, TypeReader.reference(in).code(), at);
      case Instructions.REF_FUNC ->
          constant(Kind.FUNCTION, Integer.toUnsignedLong(in.u32("function index")), at);
      default -> throw notConstant(code, at);
    };
  }

  private static ConstantExpression constant(Kind kind, long bits, int at) {
    return new ConstantExpression(kind, bits, at);
  }

  private static WasmException notConstant(int code, int at) {
    if (code == 0xFD) {
      return CoreFeature.SIMD.at(at);
    }
    if (code == 0xFB) {
      return CoreFeature.GC.at(at);
    }
    if (Instructions.isKnown(code)) {
      return WasmException.invalid(
          at, "constant expression", Instructions.name(code), "one constant instruction");
    }
    return WasmException.malformed(
        at, "instruction", "opcode 0x" + Integer.toHexString(code), "a constant instruction");
  }

  /** A second instruction is arithmetic on constants, unless it could never be constant. */
  private static WasmException afterConstant(int code, int at) {
    return switch (code) {
      case 0x6A, 0x6B, 0x6C, 0x7C, 0x7D, 0x7E -> CoreFeature.EXTENDED_CONST.at(at);
      case Instructions.I32_CONST, Instructions.I64_CONST, Instructions.GLOBAL_GET ->
          CoreFeature.EXTENDED_CONST.at(at);
      default -> notConstant(code, at);
    };
  }
}
