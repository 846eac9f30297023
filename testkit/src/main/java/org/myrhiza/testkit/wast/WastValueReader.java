// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.wast;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.json.JsonValue.JsonNull;
import org.myrhiza.testkit.wast.WastValue.Whole;

/** Reads the values of a converted script. */
final class WastValueReader {
  private static final String CANONICAL = "nan:canonical";
  private static final String ARITHMETIC = "nan:arithmetic";

  private WastValueReader() {}

  static List<WastValue> all(List<JsonValue> values) {
    List<WastValue> read = new ArrayList<>();
    for (JsonValue value : values) {
      read.add(value(value));
    }
    return read;
  }

  private static WastValue value(JsonValue json) {
    String type = json.at("type").text();
    return switch (type) {
      case "bool" -> new WastValue.Bool(json.at("value").bool());
      case "u8" -> whole(Whole.U8, json);
      case "s8" -> whole(Whole.S8, json);
      case "u16" -> whole(Whole.U16, json);
      case "s16" -> whole(Whole.S16, json);
      case "u32" -> whole(Whole.U32, json);
      case "s32" -> whole(Whole.S32, json);
      case "u64" -> whole(Whole.U64, json);
      case "s64" -> whole(Whole.S64, json);
      case "f32", "f64" -> floating(type.equals("f64"), json.at("value").text());
      case "char" -> new WastValue.Char(json.at("value").text().codePointAt(0));
      case "str" -> new WastValue.Text(json.at("value").text());
      case "list" -> new WastValue.Items(all(json.at("items").items()));
      case "tuple" -> new WastValue.Tuple(all(json.at("items").items()));
      case "record" -> fields(json.at("fields").items());
      case "variant" -> new WastValue.Case(json.at("case").text(), payload(json));
      case "enum" -> new WastValue.Case(json.at("case").text(), null);
      case "option" -> new WastValue.Option(payload(json));
      case "result" -> new WastValue.Result(json.at("ok").bool(), payload(json));
      case "flags" -> flags(json.at("labels").items());
      default -> throw new IllegalArgumentException("unknown type of a value: " + type);
    };
  }

  private static WastValue whole(Whole type, JsonValue json) {
    return new WastValue.Int(type, bits(json.at("value").text()));
  }

  private static WastValue floating(boolean wide, String text) {
    if (text.equals(CANONICAL) || text.equals(ARITHMETIC)) {
      return new WastValue.AnyNan(wide, text.equals(CANONICAL));
    }
    return wide ? new WastValue.F64(bits(text)) : new WastValue.F32((int) bits(text));
  }

  private static long bits(String decimal) {
    return new BigInteger(decimal).longValue();
  }

  private static WastValue fields(List<JsonValue> items) {
    List<WastValue.Field> fields = new ArrayList<>();
    for (JsonValue item : items) {
      fields.add(new WastValue.Field(item.at("name").text(), value(item.at("value"))));
    }
    return new WastValue.Fields(fields);
  }

  private static WastValue flags(List<JsonValue> labels) {
    TreeSet<String> set = new TreeSet<>();
    for (JsonValue label : labels) {
      set.add(label.text());
    }
    return new WastValue.Flags(set);
  }

  private static @Nullable WastValue payload(JsonValue json) {
    JsonValue payload = json.at("value");
    return payload instanceof JsonNull ? null : value(payload);
  }
}
