// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.wast;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.wast.WastValue.Whole;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.value.Value;

/** Between values of scripts and those of the bridge, which do not carry their types. */
public final class BridgeValues {
  private static final long LOW_HALF = 0xffff_ffffL;

  private BridgeValues() {}

  /** A script's value is not of the type that the function takes. */
  public static final class MismatchException extends Exception {
    private static final long serialVersionUID = 1L;

    MismatchException(ValueType type, @Nullable WastValue value) {
      super("not a value of " + type + ": " + value);
    }
  }

  /**
   * The bridge's form of an argument.
   *
   * @param type the parameter's type
   * @param value what the script gives
   * @throws MismatchException if it is of another type
   */
  public static Value lower(ValueType type, @Nullable WastValue value) throws MismatchException {
    return switch (type) {
      case Primitive p -> primitive(p, value);
      case ValueType.ListOf l when value instanceof WastValue.Items(List<WastValue> items) ->
          list(l.element(), items);
      case ValueType.FixedListOf l
          when value instanceof WastValue.Items(List<WastValue> items)
              && items.size() == l.length() ->
          new Value.Items(all(l.element(), items));
      case ValueType.MapOf m when value instanceof WastValue.Items(List<WastValue> items) ->
          new Value.Items(all(new ValueType.TupleOf(List.of(m.key(), m.value())), items));
      case ValueType.TupleOf t when value instanceof WastValue.Tuple(List<WastValue> items) ->
          group(t, t.elements(), items);
      case ValueType.RecordOf r when value instanceof WastValue.Fields f -> record(r, f);
      case ValueType.VariantOf v when value instanceof WastValue.Case c -> variant(v, c);
      case ValueType.EnumOf e
          when value instanceof WastValue.Case(String label, WastValue payload)
              && payload == null
              && e.labels().contains(label) ->
          new Value.Case(e.labels().indexOf(label), null);
      case ValueType.FlagsOf f when value instanceof WastValue.Flags s -> flags(f, s);
      case ValueType.OptionOf o when value instanceof WastValue.Option(WastValue payload) ->
          payload == null ? Value.Case.NONE : Value.Case.some(lower(o.element(), payload));
      case ValueType.ResultOf r when value instanceof WastValue.Result(boolean ok, var payload) ->
          new Value.Case(ok ? 0 : 1, payload(type, ok ? r.ok() : r.error(), payload));
      default -> throw new MismatchException(type, value);
    };
  }

  private static Value primitive(Primitive type, @Nullable WastValue value)
      throws MismatchException {
    return switch (value) {
      case WastValue.Bool(boolean b) when type == Primitive.BOOL -> new Value.Bool(b);
      case WastValue.F32(int bits) when type == Primitive.F32 ->
          new Value.Float32(Float.intBitsToFloat(bits));
      case WastValue.F64(long bits) when type == Primitive.F64 ->
          new Value.Float64(Double.longBitsToDouble(bits));
      case WastValue.Char(int code) when type == Primitive.CHAR -> new Value.Char(code);
      case WastValue.Text(String text) when type == Primitive.STRING -> new Value.Text(text);
      case WastValue.Int(Whole whole, long bits) when whole == wholeOf(type) ->
          whole == Whole.U64 || whole == Whole.S64
              ? new Value.Int64(bits)
              : new Value.Int32((int) bits);
      case null, default -> throw new MismatchException(type, value);
    };
  }

  private static @Nullable Whole wholeOf(Primitive type) {
    return switch (type) {
      case U8 -> Whole.U8;
      case S8 -> Whole.S8;
      case U16 -> Whole.U16;
      case S16 -> Whole.S16;
      case U32 -> Whole.U32;
      case S32 -> Whole.S32;
      case U64 -> Whole.U64;
      case S64 -> Whole.S64;
      case BOOL, CHAR, STRING, F32, F64 -> null;
    };
  }

  private static List<Value> all(ValueType element, List<WastValue> items)
      throws MismatchException {
    List<Value> values = new ArrayList<>();
    for (WastValue item : items) {
      values.add(lower(element, item));
    }
    return values;
  }

  private static Value list(ValueType element, List<WastValue> items) throws MismatchException {
    List<Value> values = all(element, items);
    if (element != Primitive.U8) {
      return new Value.Items(values);
    }
    byte[] bytes = new byte[values.size()];
    for (int i = 0; i < bytes.length; i++) {
      if (values.get(i) instanceof Value.Int32(int octet)) {
        bytes[i] = (byte) octet;
      }
    }
    return Value.Octets.adopt(bytes);
  }

  private static Value group(ValueType type, List<ValueType> types, List<WastValue> items)
      throws MismatchException {
    if (types.size() != items.size()) {
      throw new MismatchException(type, new WastValue.Tuple(items));
    }
    Value[] parts = new Value[types.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = lower(types.get(i), items.get(i));
    }
    return Value.Group.of(parts);
  }

  private static Value record(ValueType.RecordOf type, WastValue.Fields value)
      throws MismatchException {
    List<ValueType> types = new ArrayList<>();
    List<WastValue> items = new ArrayList<>();
    boolean sameNames = type.fields().size() == value.fields().size();
    for (int i = 0; sameNames && i < type.fields().size(); i++) {
      types.add(type.fields().get(i).type());
      items.add(value.fields().get(i).value());
      sameNames = type.fields().get(i).name().equals(value.fields().get(i).name());
    }
    if (!sameNames) {
      throw new MismatchException(type, value);
    }
    return group(type, types, items);
  }

  private static Value variant(ValueType.VariantOf type, WastValue.Case value)
      throws MismatchException {
    for (int i = 0; i < type.cases().size(); i++) {
      if (type.cases().get(i).name().equals(value.label())) {
        return new Value.Case(i, payload(type, type.cases().get(i).type(), value.payload()));
      }
    }
    throw new MismatchException(type, value);
  }

  private static @Nullable Value payload(
      ValueType whole, @Nullable ValueType type, @Nullable WastValue value)
      throws MismatchException {
    if ((type == null) != (value == null)) {
      throw new MismatchException(whole, value);
    }
    return type == null ? null : lower(type, value);
  }

  private static Value flags(ValueType.FlagsOf type, WastValue.Flags value)
      throws MismatchException {
    int bits = 0;
    for (String label : value.labels()) {
      int index = type.labels().indexOf(label);
      if (index < 0) {
        throw new MismatchException(type, value);
      }
      bits |= 1 << index;
    }
    return new Value.Flags(bits);
  }

  /**
   * The script's form of a result.
   *
   * @param type the result's type
   * @param value what the bridge gave
   * @throws IllegalStateException if the bridge gave a value that is not of the type
   */
  public static WastValue lift(ValueType type, Value value) {
    return switch (type) {
      case Primitive p -> primitive(p, value);
      case ValueType.ListOf l when value instanceof Value.Octets octets -> octets(octets);
      case ValueType.ListOf l when value instanceof Value.Numbers numbers ->
          numbers((Primitive) l.element(), numbers);
      case ValueType.ListOf l when value instanceof Value.Items(List<Value> elements) ->
          items(l.element(), elements);
      case ValueType.FixedListOf l when value instanceof Value.Items(List<Value> elements) ->
          items(l.element(), elements);
      case ValueType.MapOf m when value instanceof Value.Items(List<Value> elements) ->
          items(new ValueType.TupleOf(List.of(m.key(), m.value())), elements);
      case ValueType.TupleOf t when value instanceof Value.Group group -> {
        List<WastValue> items = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
          items.add(lift(t.elements().get(i), group.get(i)));
        }
        yield new WastValue.Tuple(items);
      }
      case ValueType.RecordOf r when value instanceof Value.Group group -> {
        List<WastValue.Field> fields = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
          ValueType.Field field = r.fields().get(i);
          fields.add(new WastValue.Field(field.name(), lift(field.type(), group.get(i))));
        }
        yield new WastValue.Fields(fields);
      }
      case ValueType.VariantOf v when value instanceof Value.Case(int index, Value payload) ->
          new WastValue.Case(
              v.cases().get(index).name(), optional(v.cases().get(index).type(), payload));
      case ValueType.EnumOf e when value instanceof Value.Case(int index, Value payload) ->
          new WastValue.Case(e.labels().get(index), null);
      case ValueType.FlagsOf f when value instanceof Value.Flags(int bits) -> labels(f, bits);
      case ValueType.OptionOf o when value instanceof Value.Case(int index, Value payload) ->
          new WastValue.Option(optional(index == 0 ? null : o.element(), payload));
      case ValueType.ResultOf r when value instanceof Value.Case(int index, Value payload) ->
          new WastValue.Result(index == 0, optional(index == 0 ? r.ok() : r.error(), payload));
      default -> throw notOf(type, value);
    };
  }

  private static WastValue primitive(Primitive type, Value value) {
    Whole whole = wholeOf(type);
    return switch (value) {
      case Value.Bool(boolean b) -> new WastValue.Bool(b);
      case Value.Char(int code) -> new WastValue.Char(code);
      case Value.Text text -> new WastValue.Text(text.value());
      case Value.Float32(float number) -> new WastValue.F32(Float.floatToIntBits(number));
      case Value.Float64(double number) -> new WastValue.F64(Double.doubleToLongBits(number));
      case Value.Int32(int bits) when whole != null ->
          new WastValue.Int(whole, whole == Whole.U32 ? bits & LOW_HALF : bits);
      case Value.Int64(long bits) when whole != null -> new WastValue.Int(whole, bits);
      default -> throw notOf(type, value);
    };
  }

  private static WastValue items(ValueType element, List<Value> elements) {
    List<WastValue> items = new ArrayList<>();
    elements.forEach(each -> items.add(lift(element, each)));
    return new WastValue.Items(items);
  }

  private static WastValue numbers(Primitive element, Value.Numbers numbers) {
    List<WastValue> items = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      long bits = numbers.bits(i);
      items.add(
          switch (element) {
            case F32 -> new WastValue.F32((int) bits);
            case F64 -> new WastValue.F64(bits);
            case S8 -> new WastValue.Int(Whole.S8, (byte) bits);
            case S16 -> new WastValue.Int(Whole.S16, (short) bits);
            case S32 -> new WastValue.Int(Whole.S32, (int) bits);
            default -> {
              Whole whole = wholeOf(element);
              if (whole == null) {
                throw new IllegalStateException("numbers of type " + element);
              }
              yield new WastValue.Int(whole, bits);
            }
          });
    }
    return new WastValue.Items(items);
  }

  private static WastValue octets(Value.Octets octets) {
    List<WastValue> items = new ArrayList<>();
    for (byte octet : octets.shared()) {
      items.add(new WastValue.Int(Whole.U8, octet & 0xff));
    }
    return new WastValue.Items(items);
  }

  private static WastValue labels(ValueType.FlagsOf type, int bits) {
    TreeSet<String> labels = new TreeSet<>();
    for (int i = 0; i < type.labels().size(); i++) {
      if ((bits >>> i & 1) == 1) {
        labels.add(type.labels().get(i));
      }
    }
    return new WastValue.Flags(labels);
  }

  private static @Nullable WastValue optional(@Nullable ValueType type, @Nullable Value value) {
    return type == null || value == null ? null : lift(type, value);
  }

  private static IllegalStateException notOf(ValueType type, Value value) {
    return new IllegalStateException("the bridge gave " + value + " for " + type);
  }
}
