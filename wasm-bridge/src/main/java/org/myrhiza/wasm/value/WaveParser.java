// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.ValueType;

/** Reads values by their types. */
final class WaveParser {
  private static final int SOME = 1;
  private static final int ERR = 1;

  private final WaveReader reader;
  private int values;
  private int depth;

  WaveParser(WaveReader reader) {
    this.reader = reader;
  }

  void end() throws WaveException {
    reader.expectEnd();
  }

  List<Value> arguments(List<ValueType.Field> params) throws WaveException {
    reader.expect("arguments", '(');
    List<Value> out = new ArrayList<>();
    boolean more = true;
    while (more && !reader.sees(')')) {
      if (out.size() == params.size()) {
        throw reader.wrong("arguments", "at most " + params.size() + " of them");
      }
      out.add(value(params.get(out.size()).type()));
      more = reader.takes(',');
    }
    for (int i = out.size(); i < params.size(); i++) {
      ValueType.Field missing = params.get(i);
      if (!(missing.type() instanceof ValueType.OptionOf)) {
        throw reader.wrong("arguments", "a value for " + missing.name());
      }
      out.add(Value.Case.NONE);
    }
    reader.expect("arguments", ')');
    return out;
  }

  private void count() throws WaveException {
    values++;
    if (values > Limits.VALUES) {
      throw reader.wrong("text", "at most " + Limits.VALUES + " values");
    }
  }

  Value value(ValueType type) throws WaveException {
    count();
    depth++;
    if (depth > Limits.DEPTH) {
      throw reader.wrong("value", "at most " + Limits.DEPTH + " values inside each other");
    }
    Value read =
        switch (type) {
          case Primitive p -> scalar(p);
          case ValueType.ListOf l -> list(l.element());
          case ValueType.FixedListOf l -> fixedList(l);
          case ValueType.MapOf m -> list(new ValueType.TupleOf(List.of(m.key(), m.value())));
          case ValueType.RecordOf r -> fields(r.fields());
          case ValueType.TupleOf t -> tuple(t.elements());
          case ValueType.VariantOf v -> variant(v.cases());
          case ValueType.EnumOf e -> label(e.labels());
          case ValueType.FlagsOf f -> flags(f.labels());
          case ValueType.OptionOf o -> option(o.element());
          case ValueType.ResultOf r -> result(r);
          case ValueType.OwnOf o -> throw handle();
          case ValueType.BorrowOf b -> throw handle();
        };
    depth--;
    return read;
  }

  private WaveException handle() {
    return reader.wrong("handle", "no text: a handle cannot be written");
  }

  private Value scalar(Primitive type) throws WaveException {
    return switch (type) {
      case BOOL -> {
        if (reader.takes(Keywords.TRUE)) {
          yield Value.TRUE;
        }
        if (reader.takes(Keywords.FALSE)) {
          yield Value.FALSE;
        }
        throw reader.wrong("bool", "true or false");
      }
      case S8, U8, S16, U16, S32, U32 -> new Value.Int32((int) integer(type));
      case S64, U64 -> new Value.Int64(integer(type));
      case F32 -> new Value.Float32(single((int) floating(type)));
      case F64 -> new Value.Float64(wide(floating(type)));
      case CHAR -> new Value.Char(reader.character());
      case STRING -> new Value.Text(reader.string());
    };
  }

  private long integer(Primitive type) throws WaveException {
    int position = reader.next();
    String number = reader.number(type.text(), Integers.range(type));
    return Integers.parse(type, number, position);
  }

  // Not every platform keeps the bits of a NaN, so there is one value and one pattern of it.
  private static float single(int bits) {
    return bits == (int) Decimals.SINGLE.nan() ? Float.NaN : Float.intBitsToFloat(bits);
  }

  private static double wide(long bits) {
    return bits == Decimals.WIDE.nan() ? Double.NaN : Double.longBitsToDouble(bits);
  }

  private static long bits(float value) {
    return Float.isNaN(value) ? Decimals.SINGLE.nan() : Float.floatToRawIntBits(value);
  }

  private static long bits(double value) {
    return Double.isNaN(value) ? Decimals.WIDE.nan() : Double.doubleToRawLongBits(value);
  }

  private long floating(Primitive type) throws WaveException {
    Decimals decimals = type == Primitive.F32 ? Decimals.SINGLE : Decimals.WIDE;
    if (reader.takes(Keywords.NAN)) {
      return decimals.nan();
    }
    if (reader.takes(Keywords.INF)) {
      return decimals.infinity();
    }
    if (reader.takes("-" + Keywords.INF)) {
      return decimals.negativeInfinity();
    }
    int position = reader.next();
    String number = reader.number(type.text(), "a number, nan, inf or -inf");
    long bits = decimals.parse(number);
    if (bits == decimals.infinity() || bits == decimals.negativeInfinity()) {
      throw new WaveException(position, type.text(), "too great a number", "inf or -inf for that");
    }
    return bits;
  }

  private Value list(ValueType element) throws WaveException {
    List<Value> items = items(element);
    return element instanceof Primitive p ? scalars(p, items) : new Value.Items(items);
  }

  private static Value scalars(Primitive element, List<Value> items) {
    return switch (element) {
      case BOOL, CHAR, STRING -> new Value.Items(items);
      case U8 -> Value.Octets.adopt(bytes(items, element.size()));
      case S8, S16, U16, S32, U32, S64, U64, F32, F64 ->
          Value.Numbers.adopt(bytes(items, element.size()), element.size());
    };
  }

  private List<Value> items(ValueType element) throws WaveException {
    reader.expect("list", '[');
    List<Value> out = new ArrayList<>();
    boolean more = true;
    while (more && !reader.sees(']')) {
      out.add(value(element));
      more = reader.takes(',');
    }
    reader.expect("list", ']');
    return out;
  }

  private static byte[] bytes(List<Value> numbers, int width) {
    byte[] out = new byte[numbers.size() * width];
    int at = 0;
    for (Value number : numbers) {
      long bits =
          switch (number) {
            case Value.Int32 n -> n.value();
            case Value.Int64 n -> n.value();
            case Value.Float32 n -> bits(n.value());
            case Value.Float64 n -> bits(n.value());
            default -> throw new IllegalStateException("no number: " + number);
          };
      for (int i = 0; i < width; i++) {
        out[at++] = (byte) (bits >> (Byte.SIZE * i));
      }
    }
    return out;
  }

  private Value fixedList(ValueType.FixedListOf type) throws WaveException {
    int position = reader.next();
    List<Value> items = items(type.element());
    if (items.size() != type.length()) {
      throw new WaveException(
          position, "list", items.size() + " elements", "exactly " + type.length());
    }
    return new Value.Items(items);
  }

  private Value tuple(List<ValueType> types) throws WaveException {
    reader.expect("tuple", '(');
    Value[] parts = new Value[types.size()];
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        reader.expect("tuple of " + parts.length, ',');
      }
      parts[i] = value(types.get(i));
    }
    reader.takes(',');
    reader.expect("tuple of " + parts.length, ')');
    return Value.Group.of(parts);
  }

  private Value fields(List<ValueType.Field> fields) throws WaveException {
    reader.expect("record", '{');
    @Nullable Value[] parts = new @Nullable Value[fields.size()];
    List<String> names = fields.stream().map(ValueType.Field::name).toList();
    boolean more = !reader.takes(':');
    boolean first = true;
    while (more && (first || !reader.sees('}'))) {
      first = false;
      int position = reader.next();
      int index = index(names, "field", reader.label("field of a record"), position);
      if (parts[index] != null) {
        throw new WaveException(position, "field", names.get(index) + " again", "each field once");
      }
      reader.expect("field " + names.get(index), ':');
      parts[index] = value(fields.get(index).type());
      more = reader.takes(',');
    }
    Value[] out = new Value[parts.length];
    for (int i = 0; i < out.length; i++) {
      Value part = parts[i];
      if (part == null) {
        if (!(fields.get(i).type() instanceof ValueType.OptionOf)) {
          throw reader.wrong("record", "the field " + names.get(i));
        }
        count();
        part = Value.Case.NONE;
      }
      out[i] = part;
    }
    reader.expect("record", '}');
    return Value.Group.of(out);
  }

  private static int index(List<String> names, String what, String name, int position)
      throws WaveException {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new WaveException(position, what, shortened(name), listed(names));
    }
    return index;
  }

  private static String shortened(String name) {
    return name.length() > Limits.SHOWN_CHARS ? name.substring(0, Limits.SHOWN_CHARS) + "…" : name;
  }

  private static String listed(List<String> names) {
    return names.size() > Limits.SHOWN_NAMES
        ? String.join(", ", names.subList(0, Limits.SHOWN_NAMES)) + ", …"
        : String.join(", ", names);
  }

  /** The name of a case; a keyword counts only behind a percent sign. */
  private String caseName(List<String> names) throws WaveException {
    String word = reader.peekWord();
    if (word != null && Keywords.isKeyword(word)) {
      String allowed = names.contains(word) ? "%" + word + " for the case of that name" : "";
      throw reader.wrong("case", allowed.isEmpty() ? listed(names) : allowed);
    }
    return reader.label("case");
  }

  private Value variant(List<ValueType.Case> cases) throws WaveException {
    List<String> names = cases.stream().map(ValueType.Case::name).toList();
    int position = reader.next();
    int index = index(names, "case", caseName(names), position);
    ValueType type = cases.get(index).type();
    return new Value.Case(index, type == null ? null : payload("case " + names.get(index), type));
  }

  private Value label(List<String> labels) throws WaveException {
    int position = reader.next();
    return new Value.Case(index(labels, "case", caseName(labels), position), null);
  }

  private Value payload(String what, ValueType type) throws WaveException {
    reader.expect(what, '(');
    Value value = value(type);
    reader.expect(what, ')');
    return value;
  }

  private Value flags(List<String> labels) throws WaveException {
    reader.expect("flags", '{');
    int bits = 0;
    boolean more = true;
    while (more && !reader.sees('}')) {
      int position = reader.next();
      int bit = 1 << index(labels, "flag", reader.label("flag"), position);
      if ((bits & bit) != 0) {
        throw new WaveException(position, "flag", "one again", "each flag once");
      }
      bits |= bit;
      more = reader.takes(',');
    }
    reader.expect("flags", '}');
    return new Value.Flags(bits);
  }

  /** Whether a payload may stand for itself. */
  private static boolean isFlat(ValueType payload) {
    return !(payload instanceof ValueType.OptionOf) && !(payload instanceof ValueType.ResultOf);
  }

  private Value option(ValueType element) throws WaveException {
    if (reader.takes(Keywords.NONE)) {
      return Value.Case.NONE;
    }
    if (reader.takes(Keywords.SOME)) {
      return Value.Case.some(payload(Keywords.SOME, element));
    }
    if (!isFlat(element)) {
      throw reader.wrong("option", "none or some(…)");
    }
    return new Value.Case(SOME, value(element));
  }

  private Value result(ValueType.ResultOf type) throws WaveException {
    ValueType ok = type.ok();
    ValueType error = type.error();
    if (reader.takes(Keywords.OK)) {
      return new Value.Case(0, ok == null ? null : payload(Keywords.OK, ok));
    }
    if (reader.takes(Keywords.ERR)) {
      return new Value.Case(ERR, error == null ? null : payload(Keywords.ERR, error));
    }
    if (ok == null || !isFlat(ok)) {
      throw reader.wrong(
          "result", (ok == null ? "ok" : "ok(…)") + " or " + (error == null ? "err" : "err(…)"));
    }
    return new Value.Case(0, value(ok));
  }
}
