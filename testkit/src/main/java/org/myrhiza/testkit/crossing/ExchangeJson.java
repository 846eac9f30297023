// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.crossing;

import java.util.Base64;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.value.Value;

/**
 * Types and values as JSON that {@code apps/crossing.mjs} reads and writes. A value has one text
 * only, without white space, so that texts can be compared: numbers of 64 bits are decimal digits
 * in a string, floats the hexadecimal digits of their bits with one NaN, strings the hexadecimal
 * digits of their UTF-16 code units, chars their code points, cases an array of their index and
 * what they carry, flags a number.
 */
public final class ExchangeJson {
  private static final int UNIT_DIGITS = 4;

  private final StringBuilder out = new StringBuilder();

  private ExchangeJson() {}

  /**
   * Writes a batch: its component, and the types and values of its exchanges.
   *
   * @param batch the batch
   * @return one line without its end
   */
  public static String of(Batch batch) {
    ExchangeJson json = new ExchangeJson();
    json.out.append("{\"seed\":").append(Json.quote("" + batch.seed())).append(",\"component\":\"");
    json.out.append(Base64.getEncoder().encodeToString(batch.component()));
    json.out.append("\",\"exchanges\":");
    json.array(batch.exchanges(), ExchangeJson::exchange);
    return json.out.append('}').toString();
  }

  /**
   * Writes the arguments of an exchange.
   *
   * @param types one for each
   * @param values of these types
   * @return a JSON array
   */
  public static String of(List<ValueType> types, List<Value> values) {
    ExchangeJson json = new ExchangeJson();
    json.values(types, values);
    return json.out.toString();
  }

  /**
   * Writes a value.
   *
   * @param type its type; null for none
   * @param value a value of it; null for none
   * @return JSON
   */
  public static String of(@Nullable ValueType type, @Nullable Value value) {
    ExchangeJson json = new ExchangeJson();
    json.maybe(type, value);
    return json.out.toString();
  }

  private void exchange(Exchange exchange) {
    out.append("{\"params\":");
    array(exchange.paramTypes(), ExchangeJson::type);
    out.append(",\"result\":");
    maybe(exchange.type().result());
    out.append(",\"arguments\":");
    values(exchange.paramTypes(), exchange.arguments());
    out.append(",\"value\":");
    maybe(exchange.type().result(), exchange.result());
    out.append('}');
  }

  private <T> void array(List<T> items, BiConsumer<ExchangeJson, T> each) {
    out.append('[');
    for (int i = 0; i < items.size(); i++) {
      out.append(i == 0 ? "" : ",");
      each.accept(this, items.get(i));
    }
    out.append(']');
  }

  private void text(String text) {
    out.append(Json.quote(text));
  }

  private void maybe(@Nullable ValueType type) {
    if (type == null) {
      out.append("null");
    } else {
      type(type);
    }
  }

  private void type(ValueType type) {
    switch (type) {
      case Primitive p -> text(p.text());
      case ValueType.ListOf l -> compound("list", () -> type(l.element()));
      case ValueType.FixedListOf l ->
          compound(
              "fixed",
              () -> {
                type(l.element());
                out.append(',').append(l.length());
              });
      case ValueType.MapOf m ->
          compound(
              "map",
              () -> {
                type(m.key());
                out.append(',');
                type(m.value());
              });
      case ValueType.RecordOf r ->
          compound("record", () -> array(r.fields(), (to, f) -> to.named(f.name(), f.type())));
      case ValueType.TupleOf t -> compound("tuple", () -> array(t.elements(), ExchangeJson::type));
      case ValueType.VariantOf v ->
          compound("variant", () -> array(v.cases(), (to, c) -> to.named(c.name(), c.type())));
      case ValueType.EnumOf e -> compound("enum", () -> array(e.labels(), ExchangeJson::text));
      case ValueType.FlagsOf f -> compound("flags", () -> array(f.labels(), ExchangeJson::text));
      case ValueType.OptionOf o -> compound("option", () -> type(o.element()));
      case ValueType.ResultOf r ->
          compound(
              "result",
              () -> {
                maybe(r.ok());
                out.append(',');
                maybe(r.error());
              });
      case ValueType.OwnOf o -> throw new IllegalArgumentException("no handles here");
      case ValueType.BorrowOf b -> throw new IllegalArgumentException("no handles here");
    }
  }

  private void compound(String kind, Runnable rest) {
    out.append('[');
    text(kind);
    out.append(',');
    rest.run();
    out.append(']');
  }

  private void named(String name, @Nullable ValueType type) {
    out.append('[');
    text(name);
    out.append(',');
    maybe(type);
    out.append(']');
  }

  private void maybe(@Nullable ValueType type, @Nullable Value value) {
    if (type == null || value == null) {
      out.append("null");
    } else {
      value(type, value);
    }
  }

  private void values(List<ValueType> types, List<Value> values) {
    out.append('[');
    for (int i = 0; i < types.size(); i++) {
      out.append(i == 0 ? "" : ",");
      value(types.get(i), values.get(i));
    }
    out.append(']');
  }

  private void value(ValueType type, Value value) {
    switch (type) {
      case Primitive p -> primitive(p, value);
      case ValueType.ListOf l when value instanceof Value.Octets octets -> octets(octets.shared());
      case ValueType.ListOf l when value instanceof Value.Numbers numbers ->
          numbers((Primitive) l.element(), numbers);
      case ValueType.ListOf l -> items(l.element(), value);
      case ValueType.FixedListOf l -> items(l.element(), value);
      case ValueType.MapOf m -> items(new ValueType.TupleOf(List.of(m.key(), m.value())), value);
      case ValueType.RecordOf r -> group(r.parts(), (Value.Group) value);
      case ValueType.TupleOf t -> group(t.parts(), (Value.Group) value);
      case ValueType.VariantOf v -> {
        Value.Case chosen = (Value.Case) value;
        choice(chosen, v.cases().get(chosen.index()).type());
      }
      case ValueType.EnumOf e -> choice((Value.Case) value, null);
      case ValueType.OptionOf o -> choice((Value.Case) value, o.element());
      case ValueType.ResultOf r -> {
        Value.Case chosen = (Value.Case) value;
        choice(chosen, chosen.index() == 0 ? r.ok() : r.error());
      }
      case ValueType.FlagsOf f ->
          out.append(Integer.toUnsignedString(((Value.Flags) value).bits()));
      case ValueType.OwnOf o -> throw new IllegalArgumentException("no handles here");
      case ValueType.BorrowOf b -> throw new IllegalArgumentException("no handles here");
    }
  }

  private void items(ValueType element, Value value) {
    array(((Value.Items) value).elements(), (to, each) -> to.value(element, each));
  }

  private void group(List<ValueType> types, Value.Group group) {
    out.append('[');
    for (int i = 0; i < group.size(); i++) {
      out.append(i == 0 ? "" : ",");
      value(types.get(i), group.get(i));
    }
    out.append(']');
  }

  private void choice(Value.Case chosen, @Nullable ValueType type) {
    out.append('[').append(chosen.index());
    Value payload = chosen.payload();
    if (type != null && payload != null) {
      out.append(',');
      value(type, payload);
    }
    out.append(']');
  }

  private void octets(byte[] bytes) {
    out.append('[');
    for (int i = 0; i < bytes.length; i++) {
      out.append(i == 0 ? "" : ",").append(bytes[i] & 0xff);
    }
    out.append(']');
  }

  private void numbers(Primitive element, Value.Numbers numbers) {
    out.append('[');
    for (int i = 0; i < numbers.size(); i++) {
      out.append(i == 0 ? "" : ",");
      number(element, numbers.bits(i));
    }
    out.append(']');
  }

  private void primitive(Primitive type, Value value) {
    switch (value) {
      case Value.Bool(boolean bool) -> out.append(bool);
      case Value.Char(int code) -> out.append(code);
      case Value.Text text -> units(text.value());
      case Value.Int32(int number) when type == Primitive.U32 ->
          out.append(Integer.toUnsignedString(number));
      case Value.Int32(int number) -> out.append(number);
      case Value.Int64(long number) -> number(type, number);
      case Value.Float32(float number) -> number(type, Float.floatToIntBits(number));
      case Value.Float64(double number) -> number(type, Double.doubleToLongBits(number));
      default -> throw new IllegalArgumentException(value + " is no " + type.text());
    }
  }

  private void number(Primitive type, long bits) {
    switch (type) {
      case S8 -> out.append((byte) bits);
      case U8 -> out.append(bits & 0xff);
      case S16 -> out.append((short) bits);
      case U16 -> out.append(bits & 0xffff);
      case S32 -> out.append((int) bits);
      case U32 -> out.append(Integer.toUnsignedString((int) bits));
      case S64 -> text(Long.toString(bits));
      case U64 -> text(Long.toUnsignedString(bits));
      case F32 -> {
        float number = Float.intBitsToFloat((int) bits);
        hex(Float.isNaN(number) ? Float.floatToIntBits(Float.NaN) : bits, 2 * Float.BYTES);
      }
      case F64 -> {
        double number = Double.longBitsToDouble(bits);
        hex(Double.isNaN(number) ? Double.doubleToLongBits(Double.NaN) : bits, 2 * Double.BYTES);
      }
      case BOOL, CHAR, STRING -> throw new IllegalArgumentException(type.text() + " is no number");
    }
  }

  private void hex(long bits, int digits) {
    out.append('"');
    digits(bits, digits);
    out.append('"');
  }

  private void digits(long bits, int digits) {
    for (int i = digits - 1; i >= 0; i--) {
      out.append(Character.forDigit((int) (bits >>> (4 * i)) & 0xf, 16));
    }
  }

  private void units(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      digits(text.charAt(i), UNIT_DIGITS);
    }
    out.append('"');
  }
}
