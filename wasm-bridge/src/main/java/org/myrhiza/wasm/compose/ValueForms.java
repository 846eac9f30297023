// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.compose;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.ValueType;

/** Writes value and function types; their parts become definitions of a space before them. */
final class ValueForms {
  /** What {@link #primitive} says of other types. */
  static final int NOT_PRIMITIVE = -1;

  private final TypeSpace space;

  ValueForms(TypeSpace space) {
    this.space = space;
  }

  /** The code of a primitive type. */
  static int primitive(ValueType type) {
    if (!(type instanceof Primitive primitive)) {
      return NOT_PRIMITIVE;
    }
    return switch (primitive) {
      case BOOL -> 0x7f;
      case S8 -> 0x7e;
      case U8 -> 0x7d;
      case S16 -> 0x7c;
      case U16 -> 0x7b;
      case S32 -> 0x7a;
      case U32 -> 0x79;
      case S64 -> 0x78;
      case U64 -> 0x77;
      case F32 -> 0x76;
      case F64 -> 0x75;
      case CHAR -> 0x74;
      case STRING -> 0x73;
    };
  }

  /** A function type, to be defined. */
  ByteWriter function(FunctionType type) throws WasmException {
    ByteWriter out = new ByteWriter().u8(0x40);
    fields(type.params(), out);
    if (type.result() == null) {
      return out.u8s(1, 0);
    }
    space.reference(type.result(), out.u8(0));
    return out;
  }

  /** A value type, to be defined. */
  ByteWriter definition(ValueType type) throws WasmException {
    ByteWriter out = new ByteWriter();
    switch (type) {
      case Primitive p -> out.u8(primitive(p));
      case ValueType.RecordOf r -> fields(r.fields(), out.u8(0x72));
      case ValueType.VariantOf v -> cases(v.cases(), out.u8(0x71));
      case ValueType.ListOf l -> space.reference(l.element(), out.u8(0x70));
      case ValueType.TupleOf t -> elements(t.elements(), out.u8(0x6f));
      case ValueType.FlagsOf f -> labels(f.labels(), out.u8(0x6e));
      case ValueType.EnumOf e -> labels(e.labels(), out.u8(0x6d));
      case ValueType.OptionOf o -> space.reference(o.element(), out.u8(0x6b));
      case ValueType.ResultOf r -> {
        maybe(r.ok(), out.u8(0x6a));
        maybe(r.error(), out);
      }
      case ValueType.OwnOf o -> out.u8(0x69).u32(space.resource(o.mark(), o.resource().id()));
      case ValueType.BorrowOf b -> out.u8(0x68).u32(space.resource(b.mark(), b.resource().id()));
      case ValueType.FixedListOf l -> {
        space.reference(l.element(), out.u8(0x67));
        out.u32(l.length());
      }
      case ValueType.MapOf m -> {
        space.reference(m.key(), out.u8(0x63));
        space.reference(m.value(), out);
      }
    }
    return out;
  }

  private void fields(List<ValueType.Field> fields, ByteWriter out) throws WasmException {
    out.u32(fields.size());
    for (ValueType.Field each : fields) {
      space.reference(each.type(), out.name(each.name()));
    }
  }

  private void cases(List<ValueType.Case> cases, ByteWriter out) throws WasmException {
    out.u32(cases.size());
    for (ValueType.Case each : cases) {
      maybe(each.type(), out.name(each.name()));
      out.u8(0);
    }
  }

  private void elements(List<ValueType> elements, ByteWriter out) throws WasmException {
    out.u32(elements.size());
    for (ValueType each : elements) {
      space.reference(each, out);
    }
  }

  private static void labels(List<String> labels, ByteWriter out) {
    out.u32(labels.size());
    labels.forEach(out::name);
  }

  private void maybe(@Nullable ValueType type, ByteWriter out) throws WasmException {
    if (type == null) {
      out.u8(0);
    } else {
      space.reference(type, out.u8(1));
    }
  }
}
