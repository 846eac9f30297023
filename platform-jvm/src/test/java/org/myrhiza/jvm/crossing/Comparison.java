// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.crossing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.crossing.Batch;
import org.myrhiza.testkit.crossing.Exchange;
import org.myrhiza.testkit.crossing.ExchangeJson;
import org.myrhiza.testkit.crossing.ExchangeText;
import org.myrhiza.testkit.crossing.Flaw;
import org.myrhiza.testkit.crossing.Observation;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.wasm.component.StringEncoding;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.value.Value;

/** What a subject saw beside what jco saw, and what of it was to be expected. */
final class Comparison {
  private static final String MARK = "\ufeff";

  /** Characters, and twice bytes, shown on each side of a difference. */
  private static final int SHOWN = 40;

  private final Map<Deviation, Integer> deviations = new EnumMap<>(Deviation.class);
  private final Map<Flaw, Integer> flaws = new EnumMap<>(Flaw.class);
  private final List<String> differences = new ArrayList<>();
  private int compared;

  /** How many exchanges were compared. */
  int compared() {
    return compared;
  }

  /** How often jco did something of its own. */
  Map<Deviation, Integer> deviations() {
    return deviations;
  }

  /** Flaws of which jco made something else than this runtime. */
  Set<Flaw> flaws() {
    return flaws.keySet();
  }

  /** Each exchange that is not as expected, with its seed, types and values. */
  List<String> differences() {
    return differences;
  }

  void count(Deviation deviation, int times) {
    deviations.merge(deviation, times, Integer::sum);
  }

  @Override
  public String toString() {
    return compared + " compared, " + deviations + ", flaws taken otherwise " + flaws;
  }

  /** Compares all exchanges of a batch. */
  void compare(Batch batch, JsonValue answer, Subject subject) {
    List<JsonValue> seen = answer.at("exchanges").items();
    if (seen.isEmpty()) {
      differences.add("seed " + batch.seed() + ": jco refused: " + answer.at("refused").text());
      return;
    }
    Subject.Calls calls = subject.ready(batch);
    for (int i = 0; i < batch.exchanges().size(); i++) {
      Exchange exchange = batch.exchanges().get(i);
      String difference = difference(batch.encoding(), exchange, calls.run(i), seen.get(i));
      compared++;
      if (!difference.isEmpty()) {
        differences.add(difference + '\n' + ExchangeText.of(batch, exchange));
      }
    }
  }

  private String difference(
      StringEncoding encoding, Exchange exchange, Observation ours, JsonValue jco) {
    if (exchange.flawed() != null) {
      return difference(exchange, exchange.flawed().flaw(), ours, jco);
    }
    if (!ours.end().isEmpty() || !jco.at("end").text().isEmpty()) {
      return "ended: " + ours.end() + "; jco: " + jco.at("end").text();
    }
    String difference =
        difference("arguments", arguments(exchange, ours), jco.at("arguments").text());
    if (difference.isEmpty()) {
      difference = difference("result", result(exchange, ours), jco.at("result").text());
    }
    if (difference.isEmpty()) {
      byte[] memory = ours.memory().toArray();
      if (encoding == StringEncoding.UTF8) {
        forgiveEmptyTexts(exchange, ours, memory);
      }
      difference = difference(memory, Base64.getDecoder().decode(jco.at("memory").text()));
    }
    return difference;
  }

  /** Of a flawed value it counts whether it was lifted, and to what. */
  private String difference(Exchange exchange, Flaw flaw, Observation ours, JsonValue jco) {
    boolean parameter = exchange.type().result() == null;
    boolean lifted = parameter ? ours.arguments() != null : ours.end().isEmpty();
    String text = parameter ? arguments(exchange, ours) : result(exchange, ours);
    String here = lifted ? text : "";
    String there = parameter ? jco.at("arguments").text() : jco.at("result").text();
    if (!here.equals(there)) {
      flaws.merge(flaw, 1, Integer::sum);
    }
    return FlawVerdict.of(flaw).allows(here, there)
        ? ""
        : flaw + ": " + here + "; jco: " + there + ' ' + jco.at("end").text();
  }

  private String arguments(Exchange exchange, Observation ours) {
    List<Value> given = ours.arguments() == null ? List.of() : ours.arguments();
    List<ValueType> types =
        exchange.type().params().stream().limit(given.size()).map(ValueType.Field::type).toList();
    return ExchangeJson.of(types, given.stream().map(this::unmarked).toList());
  }

  private String result(Exchange exchange, Observation ours) {
    return ExchangeJson.of(exchange.type().result(), unmarkedOrNone(ours.result()));
  }

  private @Nullable Value unmarkedOrNone(@Nullable Value value) {
    return value == null ? null : unmarked(value);
  }

  /** A value as jco lifts it. */
  private Value unmarked(Value value) {
    return switch (value) {
      case Value.Text text when text.value().startsWith(MARK) -> {
        count(Deviation.MARKS_VANISH, 1);
        yield new Value.Text(text.value().substring(MARK.length()));
      }
      case Value.Items items ->
          new Value.Items(items.elements().stream().map(this::unmarked).toList());
      case Value.Group group -> {
        Value[] parts = new Value[group.size()];
        for (int i = 0; i < parts.length; i++) {
          parts[i] = unmarked(group.get(i));
        }
        yield Value.Group.of(parts);
      }
      case Value.Case(int index, Value payload) when payload != null ->
          new Value.Case(index, unmarked(payload));
      default -> value;
    };
  }

  private void forgiveEmptyTexts(Exchange exchange, Observation ours, byte[] memory) {
    int texts = exchange.arguments().stream().mapToInt(Comparison::emptyTexts).sum();
    if (exchange.result() != null) {
      texts += emptyTexts(exchange.result());
    }
    if (texts > 0) {
      count(Deviation.EMPTY_TEXTS_ALLOCATE_NOTHING, texts);
      Observation.putEmptyAllocations(memory, ours.emptyAllocations() - texts);
    }
  }

  private static int emptyTexts(Value value) {
    return switch (value) {
      case Value.Text text -> text.value().isEmpty() ? 1 : 0;
      case Value.Items items -> items.elements().stream().mapToInt(Comparison::emptyTexts).sum();
      case Value.Group group -> {
        int count = 0;
        for (int i = 0; i < group.size(); i++) {
          count += emptyTexts(group.get(i));
        }
        yield count;
      }
      case Value.Case(int index, Value payload) when payload != null -> emptyTexts(payload);
      default -> 0;
    };
  }

  private static String difference(String what, String ours, String jco) {
    if (ours.equals(jco)) {
      return "";
    }
    int at = 0;
    while (at < Math.min(ours.length(), jco.length()) && ours.charAt(at) == jco.charAt(at)) {
      at++;
    }
    return what + " at " + at + ": " + around(ours, at) + "; jco: " + around(jco, at);
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - SHOWN), Math.min(text.length(), at + SHOWN));
  }

  private static String difference(byte[] ours, byte[] jco) {
    int at = Arrays.mismatch(ours, jco);
    return at < 0
        ? ""
        : "memory at "
            + Observation.address(at)
            + ": "
            + around(ours, at)
            + "; jco: "
            + around(jco, at);
  }

  private static String around(byte[] bytes, int at) {
    int from = Math.max(0, at - SHOWN / 4);
    return HexFormat.of().formatHex(bytes, from, Math.min(bytes.length, at + SHOWN / 2))
        + " from "
        + Observation.address(from);
  }
}
