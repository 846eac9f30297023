// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.crossing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.wasm.ComponentBytes;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.ValueType;

/**
 * Writes types into a component. Records, variants, enums and flags are imported under a name of
 * their own, since an import or export may use only such as have one.
 */
final class TypeWriter {
  private static final int RECORD = 0x72;
  private static final int VARIANT = 0x71;
  private static final int LIST = 0x70;
  private static final int TUPLE = 0x6f;
  private static final int FLAGS = 0x6e;
  private static final int ENUM = 0x6d;
  private static final int OPTION = 0x6b;
  private static final int RESULT = 0x6a;
  private static final int FIXED_LIST = 0x67;
  private static final int MAP = 0x63;
  private static final int FUNCTION = 0x40;

  /** What an import is: a type equal to another. */
  private static final int[] TYPE_EQUAL = {0x03, 0x00};

  private final ComponentBytes out;
  private int types;
  private int named;

  TypeWriter(ComponentBytes out) {
    this.out = out;
  }

  /** Writes a function type and returns its index. */
  int function(FunctionType type) {
    ByteWriter body = new ByteWriter().u8(FUNCTION).u32(type.params().size());
    for (ValueType.Field param : type.params()) {
      body.name(param.name()).append(reference(param.type()));
    }
    ValueType result = type.result();
    return define(result == null ? body.u8s(1, 0) : body.u8(0).append(reference(result)));
  }

  private int define(ByteWriter body) {
    out.item(ComponentBytes.TYPE, body);
    return types++;
  }

  private ByteWriter reference(ValueType type) {
    return switch (type) {
      case Primitive p -> new ByteWriter().u8(code(p));
      case ValueType.ListOf l -> index(new ByteWriter().u8(LIST).append(reference(l.element())));
      case ValueType.FixedListOf l ->
          index(new ByteWriter().u8(FIXED_LIST).append(reference(l.element())).u32(l.length()));
      case ValueType.MapOf m ->
          index(new ByteWriter().u8(MAP).append(reference(m.key())).append(reference(m.value())));
      case ValueType.TupleOf t -> {
        ByteWriter body = new ByteWriter().u8(TUPLE).u32(t.elements().size());
        t.elements().forEach(e -> body.append(reference(e)));
        yield index(body);
      }
      case ValueType.OptionOf o ->
          index(new ByteWriter().u8(OPTION).append(reference(o.element())));
      case ValueType.ResultOf r ->
          index(new ByteWriter().u8(RESULT).append(maybe(r.ok())).append(maybe(r.error())));
      case ValueType.RecordOf r -> {
        ByteWriter body = new ByteWriter().u8(RECORD).u32(r.fields().size());
        r.fields().forEach(f -> body.name(f.name()).append(reference(f.type())));
        yield imported(body);
      }
      case ValueType.VariantOf v -> {
        ByteWriter body = new ByteWriter().u8(VARIANT).u32(v.cases().size());
        v.cases().forEach(c -> body.name(c.name()).append(maybe(c.type())).u8(0));
        yield imported(body);
      }
      case ValueType.EnumOf e -> imported(labels(ENUM, e.labels()));
      case ValueType.FlagsOf f -> imported(labels(FLAGS, f.labels()));
      case ValueType.OwnOf o -> throw new IllegalArgumentException("no handles here");
      case ValueType.BorrowOf b -> throw new IllegalArgumentException("no handles here");
    };
  }

  private ByteWriter index(ByteWriter body) {
    return new ByteWriter().s32(define(body));
  }

  private ByteWriter imported(ByteWriter body) {
    int defined = define(body);
    ByteWriter name = ComponentBytes.named("t" + named++);
    out.item(ComponentBytes.IMPORT, name.u8s(TYPE_EQUAL).u32(defined));
    return new ByteWriter().s32(types++);
  }

  private ByteWriter maybe(@Nullable ValueType type) {
    return type == null ? new ByteWriter().u8(0) : new ByteWriter().u8(1).append(reference(type));
  }

  private static ByteWriter labels(int kind, List<String> labels) {
    ByteWriter body = new ByteWriter().u8(kind).u32(labels.size());
    labels.forEach(body::name);
    return body;
  }

  private static int code(Primitive type) {
    return switch (type) {
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
}
