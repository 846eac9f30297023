// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.value;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.ValueType;

/** Writes values by their types. */
final class WavePrinter {
  private final StringBuilder out = new StringBuilder();

  String print(ValueType type, Value value) throws WaveException {
    value(type, value);
    return out.toString();
  }

  private void value(ValueType type, Value value) throws WaveException {
    if (out.length() > Limits.TEXT_CHARS) {
      throw new WaveException(
          out.length(), "text", "more to write", "at most " + Limits.TEXT_CHARS + " characters");
    }
    switch (type) {
      case Primitive p -> scalar(p, value);
      case ValueType.ListOf l -> list(l.element(), value);
      case ValueType.FixedListOf l -> list(l.element(), value);
      case ValueType.MapOf m -> list(new ValueType.TupleOf(List.of(m.key(), m.value())), value);
      case ValueType.RecordOf r -> fields(r.fields(), group(value, r.fields().size()));
      case ValueType.TupleOf t -> tuple(t.elements(), group(value, t.elements().size()));
      case ValueType.VariantOf v -> {
        Value.Case chosen = chosen(value, v.cases().size());
        ValueType.Case known = v.cases().get(chosen.index());
        out.append(caseName(known.name()));
        payload(known.type(), chosen.payload());
      }
      case ValueType.EnumOf e -> {
        Value.Case chosen = chosen(value, e.labels().size());
        out.append(caseName(e.labels().get(chosen.index())));
        payload(null, chosen.payload());
      }
      case ValueType.FlagsOf f -> flags(f.labels(), value);
      case ValueType.OptionOf o -> {
        Value.Case chosen = chosen(value, 2);
        boolean none = chosen.index() == 0;
        out.append(none ? Keywords.NONE : Keywords.SOME);
        payload(none ? null : o.element(), chosen.payload());
      }
      case ValueType.ResultOf r -> {
        Value.Case chosen = chosen(value, 2);
        boolean ok = chosen.index() == 0;
        out.append(ok ? Keywords.OK : Keywords.ERR);
        payload(ok ? r.ok() : r.error(), chosen.payload());
      }
      case ValueType.OwnOf o -> throw handle();
      case ValueType.BorrowOf b -> throw handle();
    }
  }

  private WaveException handle() {
    return new WaveException(out.length(), "handle", "one", "values: a handle cannot be written");
  }

  private static IllegalArgumentException wrong(Object type, Object value) {
    return new IllegalArgumentException("a value " + value + " where " + type + " is wanted");
  }

  private void scalar(Primitive type, Value value) {
    switch (value) {
      case Value.Bool v when type == Primitive.BOOL -> out.append(v.value());
      case Value.Int32 v when isInteger(type) && Integers.bits(type) <= Integer.SIZE ->
          out.append(Integers.print(type, v.value()));
      case Value.Int64 v when isInteger(type) && Integers.bits(type) == Long.SIZE ->
          out.append(Integers.print(type, v.value()));
      case Value.Float32 v when type == Primitive.F32 ->
          floating(Decimals.SINGLE, Float.floatToIntBits(v.value()) & 0xffffffffL);
      case Value.Float64 v when type == Primitive.F64 ->
          floating(Decimals.WIDE, Double.doubleToLongBits(v.value()));
      case Value.Char v when type == Primitive.CHAR -> {
        out.append('\'');
        WaveEscapes.append(out, v.codePoint(), '\'');
        out.append('\'');
      }
      case Value.Text v when type == Primitive.STRING -> text(v.value());
      default -> throw wrong(type, value);
    }
  }

  private static boolean isInteger(Primitive type) {
    return switch (type) {
      case S8, U8, S16, U16, S32, U32, S64, U64 -> true;
      case BOOL, F32, F64, CHAR, STRING -> false;
    };
  }

  private void floating(Decimals decimals, long bits) {
    if (bits == decimals.infinity()) {
      out.append(Keywords.INF);
    } else if (bits == decimals.negativeInfinity()) {
      out.append('-').append(Keywords.INF);
    } else if (decimals.isNan(bits)) {
      out.append(Keywords.NAN);
    } else {
      out.append(decimals.print(bits));
    }
  }

  private void text(String text) {
    out.append('"');
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      WaveEscapes.append(out, point, '"');
      i += Character.charCount(point);
    }
    out.append('"');
  }

  private void list(ValueType element, Value value) throws WaveException {
    out.append('[');
    switch (value) {
      case Value.Octets o when element == Primitive.U8 -> {
        for (int i = 0; i < o.size(); i++) {
          separate(i);
          value(element, new Value.Int32(o.shared()[i] & 0xff));
        }
      }
      case Value.Numbers n when element instanceof Primitive p && n.width() == p.size() -> {
        for (int i = 0; i < n.size(); i++) {
          separate(i);
          value(element, number(p, n.bits(i)));
        }
      }
      case Value.Items items -> {
        for (int i = 0; i < items.elements().size(); i++) {
          separate(i);
          value(element, items.elements().get(i));
        }
      }
      default -> throw wrong(element, value);
    }
    out.append(']');
  }

  private static Value number(Primitive type, long bits) {
    return switch (type) {
      case F32 -> new Value.Float32(Float.intBitsToFloat((int) bits));
      case F64 -> new Value.Float64(Double.longBitsToDouble(bits));
      case S64, U64 -> new Value.Int64(bits);
      case S8, U8, S16, U16, S32, U32 -> new Value.Int32((int) bits);
      case BOOL, CHAR, STRING -> throw wrong(type, bits);
    };
  }

  private void separate(int index) {
    if (index > 0) {
      out.append(", ");
    }
  }

  private static Value.Group group(Value value, int size) {
    if (value instanceof Value.Group g && g.size() == size) {
      return g;
    }
    throw wrong("a group of " + size, value);
  }

  private void tuple(List<ValueType> types, Value.Group parts) throws WaveException {
    out.append('(');
    for (int i = 0; i < parts.size(); i++) {
      separate(i);
      value(types.get(i), parts.get(i));
    }
    out.append(')');
  }

  private void fields(List<ValueType.Field> fields, Value.Group parts) throws WaveException {
    out.append('{');
    int written = 0;
    for (int i = 0; i < parts.size(); i++) {
      ValueType.Field field = fields.get(i);
      boolean none =
          field.type() instanceof ValueType.OptionOf && parts.get(i).equals(Value.Case.NONE);
      if (!none) {
        separate(written);
        written++;
        out.append(field.name()).append(": ");
        value(field.type(), parts.get(i));
      }
    }
    out.append(written == 0 ? ":}" : "}");
  }

  private static Value.Case chosen(Value value, int cases) {
    if (value instanceof Value.Case c && c.index() >= 0 && c.index() < cases) {
      return c;
    }
    throw wrong("one of " + cases + " cases", value);
  }

  private static String caseName(String name) {
    return Keywords.isKeyword(name) ? "%" + name : name;
  }

  private void payload(@Nullable ValueType type, @Nullable Value payload) throws WaveException {
    if ((type == null) != (payload == null)) {
      throw wrong("payload of " + type, String.valueOf(payload));
    }
    if (type != null && payload != null) {
      out.append('(');
      value(type, payload);
      out.append(')');
    }
  }

  private void flags(List<String> labels, Value value) {
    if (!(value instanceof Value.Flags f)) {
      throw wrong("flags", value);
    }
    out.append('{');
    int written = 0;
    for (int i = 0; i < labels.size(); i++) {
      if ((f.bits() >>> i & 1) != 0) {
        separate(written);
        written++;
        out.append(labels.get(i));
      }
    }
    out.append('}');
  }
}
