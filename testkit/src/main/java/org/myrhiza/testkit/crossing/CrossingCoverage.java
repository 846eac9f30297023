// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.crossing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.abi.Flatten;
import org.myrhiza.wasm.abi.Layout;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.StringEncoding;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.value.Value;

/** Counts what exchanges came to, and knows what they have to come to. */
public final class CrossingCoverage {
  private static final int LATIN1_END = 0x100;
  private static final int ASCII_END = 0x80;
  private static final int LARGE = 1_000;

  private final Map<String, Integer> seen = new TreeMap<>();

  /** Counts nothing yet. */
  public CrossingCoverage() {
    wanted().forEach(what -> seen.put(what, 0));
  }

  private static List<String> wanted() {
    List<String> out = new ArrayList<>();
    for (String side : List.of("parameter ", "result ")) {
      for (Primitive p : Primitive.values()) {
        out.add(side + p.text());
        if (ValueGenerator.isNumber(p)) {
          out.add(side + "list of " + p.text());
        }
      }
      for (String kind :
          List.of("list", "fixed list", "map", "record", "tuple", "variant", "enum", "option")) {
        out.add(side + kind);
      }
      out.addAll(List.of(side + "none", side + "some", side + "ok", side + "error"));
      out.addAll(List.of(side + "ok without payload", side + "error without payload"));
      out.addAll(List.of(side + "flags of 1 byte", side + "flags of 2", side + "flags of 4"));
      out.addAll(List.of(side + "flags of 32 labels", side + "discriminant of 2 bytes"));
      out.addAll(List.of(side + "nan f32", side + "nan f64", side + "-0 f32", side + "-0 f64"));
      out.addAll(List.of(side + "infinity f32", side + "infinity f64"));
      out.addAll(List.of(side + "empty list", side + "large list", side + "equal keys"));
      out.addAll(List.of(side + "list of nan f32", side + "list of nan f64"));
      for (StringEncoding encoding : StringEncoding.values()) {
        for (String text : List.of("empty", "ascii", "latin1", "wide", "astral", "marked")) {
          out.add(side + text + " text in " + encoding.text());
        }
      }
    }
    out.addAll(List.of("no parameters", "17 or more parameters", "no result", "post-return"));
    out.addAll(List.of("flat parameters 15", "flat parameters 16", "flat parameters 17"));
    out.addAll(List.of("flat parameters spilled", "flat result", "spilled result"));
    out.addAll(List.of("memory grew", "more allocations than the log holds"));
    return out;
  }

  private void count(String what) {
    seen.merge(what, 1, Integer::sum);
  }

  /**
   * Counts one exchange.
   *
   * @param encoding how its guest holds strings
   * @param exchange the exchange
   * @param observation what was seen of it
   */
  public void see(StringEncoding encoding, Exchange exchange, Observation observation) {
    List<ValueType> params = exchange.paramTypes();
    int flat = Layout.group(params).flatCount();
    if (flat > Flatten.MAX_PARAMS) {
      count("flat parameters spilled");
    }
    count("flat parameters " + flat);
    if (params.isEmpty()) {
      count("no parameters");
    }
    if (params.size() > Flatten.MAX_PARAMS) {
      count("17 or more parameters");
    }
    Walk given = new Walk("parameter ", encoding);
    for (int i = 0; i < params.size(); i++) {
      given.value(params.get(i), exchange.arguments().get(i));
    }
    ValueType result = exchange.type().result();
    if (result == null || exchange.result() == null) {
      count("no result");
    } else {
      count(Layout.of(result).flatCount() > Flatten.MAX_RESULTS ? "spilled result" : "flat result");
      new Walk("result ", encoding).value(result, exchange.result());
    }
    if (exchange.postReturn()) {
      count("post-return");
    }
    if (observation.memory().size() > GuestModules.PAGE) {
      count("memory grew");
    }
    if (observation.allocations() > GuestModules.ENTRIES) {
      count("more allocations than the log holds");
    }
  }

  /**
   * What was wanted and not come to.
   *
   * @return each with 0; empty if nothing is missing
   */
  public Map<String, Integer> missing() {
    Map<String, Integer> out = new TreeMap<>(seen);
    out.values().removeIf(count -> count > 0);
    return out;
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    seen.forEach((what, count) -> out.append(count).append(' ').append(what).append('\n'));
    return out.toString();
  }

  /** Everything inside one value, on one side. */
  private final class Walk {
    private final String side;
    private final StringEncoding encoding;

    Walk(String side, StringEncoding encoding) {
      this.side = side;
      this.encoding = encoding;
    }

    private void see(String what) {
      count(side + what);
    }

    void value(ValueType type, Value value) {
      switch (type) {
        case Primitive p -> primitive(p, value);
        case ValueType.ListOf l -> list(l.element(), value);
        case ValueType.FixedListOf l -> {
          see("fixed list");
          items(l.element(), value);
        }
        case ValueType.MapOf m -> map(m, ((Value.Items) value).elements());
        case ValueType.RecordOf r -> {
          see("record");
          parts(r.parts(), value);
        }
        case ValueType.TupleOf t -> {
          see("tuple");
          parts(t.parts(), value);
        }
        case ValueType.VariantOf v -> {
          see("variant");
          choice(v.cases().size(), v.cases().get(((Value.Case) value).index()).type(), value);
        }
        case ValueType.EnumOf e -> {
          see("enum");
          choice(e.labels().size(), null, value);
        }
        case ValueType.OptionOf o -> {
          see("option");
          see(((Value.Case) value).index() == 0 ? "none" : "some");
          choice(2, o.element(), value);
        }
        case ValueType.ResultOf r -> result(r, (Value.Case) value);
        case ValueType.FlagsOf f -> flags(f.labels().size());
        case ValueType.OwnOf o -> throw new IllegalArgumentException("no handles here");
        case ValueType.BorrowOf b -> throw new IllegalArgumentException("no handles here");
      }
    }

    private void primitive(Primitive type, Value value) {
      see(type.text());
      switch (value) {
        case Value.Text text -> text(text.value());
        case Value.Float32(float number) ->
            special("f32", Float.isNaN(number), Float.isInfinite(number));
        case Value.Float64(double number) ->
            special("f64", Double.isNaN(number), Double.isInfinite(number));
        default -> {}
      }
      if (value instanceof Value.Float32 f && Float.floatToIntBits(f.value()) == 1 << 31) {
        see("-0 f32");
      }
      if (value instanceof Value.Float64 d && Double.doubleToLongBits(d.value()) == 1L << 63) {
        see("-0 f64");
      }
    }

    private void special(String type, boolean nan, boolean infinite) {
      if (nan) {
        see("nan " + type);
      }
      if (infinite) {
        see("infinity " + type);
      }
    }

    private void text(String text) {
      int widest = 0;
      for (int i = 0; i < text.length(); i++) {
        widest = Math.max(widest, Character.isSurrogate(text.charAt(i)) ? 1 << 16 : text.charAt(i));
      }
      String kind =
          widest == 1 << 16
              ? "astral"
              : widest >= LATIN1_END ? "wide" : widest >= ASCII_END ? "latin1" : "ascii";
      see((text.isEmpty() ? "empty" : kind) + " text in " + encoding.text());
      if (text.startsWith(ValueGenerator.MARK)) {
        see("marked text in " + encoding.text());
      }
    }

    private void list(ValueType element, Value value) {
      see("list");
      int size =
          switch (value) {
            case Value.Octets octets -> octets.size();
            case Value.Numbers numbers -> numbers.size();
            default -> ((Value.Items) value).elements().size();
          };
      if (size == 0) {
        see("empty list");
      }
      if (size > LARGE) {
        see("large list");
      }
      if (element instanceof Primitive p && ValueGenerator.isNumber(p)) {
        see("list of " + p.text());
        nans(p, value);
      } else {
        items(element, value);
      }
    }

    private void nans(Primitive element, Value value) {
      if (value instanceof Value.Numbers numbers) {
        for (int i = 0; i < numbers.size(); i++) {
          boolean nan =
              switch (element) {
                case F32 -> Float.isNaN(Float.intBitsToFloat((int) numbers.bits(i)));
                case F64 -> Double.isNaN(Double.longBitsToDouble(numbers.bits(i)));
                default -> false;
              };
          if (nan) {
            see("list of nan " + element.text());
          }
        }
      }
    }

    private void map(ValueType.MapOf type, List<Value> entries) {
      see("map");
      for (int i = 0; i < entries.size(); i++) {
        Value key = ((Value.Group) entries.get(i)).get(0);
        for (int before = 0; before < i; before++) {
          if (((Value.Group) entries.get(before)).get(0).equals(key)) {
            see("equal keys");
          }
        }
        parts(List.of(type.key(), type.value()), entries.get(i));
      }
    }

    private void items(ValueType element, Value value) {
      ((Value.Items) value).elements().forEach(each -> value(element, each));
    }

    private void parts(List<ValueType> types, Value value) {
      for (int i = 0; i < types.size(); i++) {
        value(types.get(i), ((Value.Group) value).get(i));
      }
    }

    private void choice(int cases, @Nullable ValueType type, Value value) {
      if (cases > LATIN1_END) {
        see("discriminant of 2 bytes");
      }
      Value payload = ((Value.Case) value).payload();
      if (type != null && payload != null) {
        value(type, payload);
      }
    }

    private void result(ValueType.ResultOf type, Value.Case value) {
      String which = value.index() == 0 ? "ok" : "error";
      see(value.payload() == null ? which + " without payload" : which);
      choice(2, value.index() == 0 ? type.ok() : type.error(), value);
    }

    private void flags(int labels) {
      see("flags of " + (labels > 16 ? "4" : labels > 8 ? "2" : "1 byte"));
      if (labels == Integer.SIZE) {
        see("flags of 32 labels");
      }
    }
  }
}
