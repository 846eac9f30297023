// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.wast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.wast.WastReport;
import org.myrhiza.testkit.wast.WastRunner;
import org.myrhiza.testkit.wast.WastScript;

/** The judge is just: nothing passes for a wrong reason, and nothing is skipped in silence. */
public final class WastRunnerSuite {
  /** A command each, on a line of its own from 1. */
  private final List<String> commands = new ArrayList<>();

  private final ScriptedHost host = new ScriptedHost();

  /** Made once per test. */
  public WastRunnerSuite() {}

  private void command(String type, String members) {
    int line = commands.size() + 1;
    commands.add("{\"type\":\"" + type + "\",\"line\":" + line + "," + members + "}");
  }

  /** A component that says what becomes of it. */
  private void component(String type, String name, String word) {
    command(type, "\"name\":" + name + "," + binary(word));
  }

  private static String binary(String word) {
    String base64 = Base64.getEncoder().encodeToString(word.getBytes(StandardCharsets.UTF_8));
    return "\"binary\":\"" + base64 + "\",\"parseError\":null";
  }

  private void refused(String type, String word) {
    command(type, binary(word) + ",\"message\":\"m\"");
  }

  private static String call(String field, String arguments) {
    return "\"instance\":null,\"field\":\"" + field + "\",\"args\":[" + arguments + "]";
  }

  private void echo(String given, String expected) {
    command("assert_return", call("echo", given) + ",\"expected\":[" + expected + "]");
  }

  private void trap(String field, String message) {
    command("assert_trap", call(field, "") + ",\"message\":\"" + message + "\"");
  }

  private WastReport run() {
    String json = "{\"file\":\"f\",\"commands\":[" + String.join(",", commands) + "]}";
    TreeSet<String> features = new TreeSet<>(List.of("streams"));
    return WastRunner.run(WastScript.read(Json.parse(json)), host, features);
  }

  private static List<Integer> lines(WastReport report) {
    return report.failures().stream().map(WastReport.Failure::line).toList();
  }

  private static List<String> notes(WastReport report) {
    return report.notes().stream().map(note -> note.line() + " " + note.kind().name()).toList();
  }

  @Test
  void unsupportedFeature_skipsTheComponentAndAllThatUsesIt() {
    component("definition", "\"$d\"", "streams");
    command("instance", "\"name\":\"$i\",\"definition\":\"$d\"");
    command("invoke", call("nothing", ""));
    trap("trap", "m");
    echo("", "");
    refused("assert_invalid", "streams");
    WastReport report = run();
    assertEquals(new TreeMap<>(Map.of("streams", 6)), report.skipped());
    assertEquals(0, report.passed());
    assertEquals(List.of(), report.failures());
    assertEquals(0, host.entered);
  }

  @Test
  void formWhoseTextDoesNotUseTheFeature_fails() {
    command("definition", "\"name\":null," + binary("streams") + ",\"text\":\"(a stream)\"");
    command("definition", "\"name\":null," + binary("streams") + ",\"text\":\"(a list)\"");
    WastReport report = run();
    assertEquals(List.of(2), lines(report));
    assertEquals(1, report.skippedCount());
  }

  @Test
  void featureThatIsNotOnTheList_fails() {
    component("definition", "null", "magic");
    component("component", "null", "magic");
    command("invoke", call("nothing", ""));
    refused("assert_malformed", "magic");
    WastReport report = run();
    assertEquals(List.of(1, 2, 3, 4), lines(report));
    assertEquals(0, report.skippedCount());
  }

  @Test
  void refusedComponent_failsAndSoDoesAllThatUsesIt() {
    component("component", "\"$c\"", "ok");
    component("component", "\"$c\"", "invalid");
    command("invoke", call("nothing", ""));
    command("instance", "\"name\":null,\"definition\":\"$c\"");
    command("instance", "\"name\":null,\"definition\":\"$other\"");
    component("component", "null", "trap");
    component("component", "null", "broken");
    command("component", "\"name\":null,\"binary\":null,\"parseError\":\"p\"");
    command("invoke", call("nothing", ""));
    command("register", "\"name\":null");
    WastReport report = run();
    assertEquals(List.of(2, 3, 4, 5, 6, 7, 8, 9, 10), lines(report));
    assertEquals(1, report.passed());
    assertEquals(0, host.entered);
  }

  @Test
  void refusals_passInAnyPhaseOfDecodingAndSayWhich() {
    for (String type : List.of("assert_malformed", "assert_invalid", "assert_unlinkable")) {
      for (String word : List.of("malformed", "invalid", "refused", "unlinkable", "ok")) {
        refused(type, word);
      }
    }
    command("assert_malformed", "\"binary\":null,\"parseError\":\"p\",\"message\":\"m\"");
    command("assert_invalid", "\"binary\":null,\"parseError\":\"p\",\"message\":\"m\"");
    WastReport report = run();
    assertEquals(List.of(4, 5, 9, 10, 11, 12, 13, 15), lines(report));
    assertEquals(
        List.of(
            "1 REASON",
            "2 PHASE",
            "3 PHASE",
            "6 PHASE",
            "7 REASON",
            "8 PHASE",
            "14 REASON",
            "16 REASON",
            "17 PHASE"),
        notes(report));
  }

  @Test
  void trap_closesItsInstanceForEver() {
    component("definition", "\"$d\"", "ok");
    command("instance", "\"name\":null,\"definition\":null");
    trap("trap", "asked to");
    trap("trap", "asked to");
    trap("nothing", "cannot enter component instance");
    command("invoke", call("nothing", ""));
    command("instance", "\"name\":null,\"definition\":null");
    trap("trap", "cannot enter component instance");
    command("instance", "\"name\":null,\"definition\":null");
    command("invoke", call("nothing", ""));
    WastReport report = run();
    assertEquals(List.of(4, 6, 8), lines(report));
    assertEquals(List.of("3 TRAP", "5 TRAP"), notes(report));
    assertEquals(3, host.entered);
  }

  @Test
  void onlyTraps_passForTraps() {
    component("component", "null", "ok");
    trap("nothing", "m");
    trap("missing", "m");
    refused("assert_trap", "trap");
    refused("assert_trap", "broken");
    refused("assert_trap", "ok");
    refused("assert_trap", "invalid");
    command("invoke", call("missing", ""));
    command("assert_return", call("missing", "") + ",\"expected\":[]");
    command("assert_return", call("trap", "") + ",\"expected\":[]");
    assertEquals(List.of(2, 3, 5, 6, 7, 8, 9, 10), lines(run()));
  }

  private static String value(String type, String members) {
    return "{\"type\":\"" + type + "\"," + members + "}";
  }

  private static String number(String type, String digits) {
    return value(type, "\"value\":\"" + digits + "\"");
  }

  private static String nested(String inner) {
    return value(
        "record",
        "\"fields\":[{\"name\":\"f\",\"value\":"
            + value("list", "\"items\":[" + value("tuple", "\"items\":[" + inner + "]") + "]")
            + "}]");
  }

  @Test
  void equalValues_passWhateverTheirType() {
    component("component", "null", "ok");
    List<String> values =
        List.of(
            value("bool", "\"value\":true"),
            number("u8", "255"),
            number("s8", "-128"),
            number("u16", "65535"),
            number("s16", "-32768"),
            number("u32", "4294967295"),
            number("s32", "-2147483648"),
            number("u64", "18446744073709551615"),
            number("s64", "-9223372036854775808"),
            number("f32", "2143289344"),
            number("f64", "9221120237041090560"),
            number("char", "\\ud83c\\udf70"),
            number("str", ""),
            nested(number("u8", "1")),
            value("variant", "\"case\":\"c\",\"value\":" + number("u8", "1")),
            value("enum", "\"case\":\"c\""),
            value("option", "\"value\":null"),
            value("option", "\"value\":" + number("u8", "1")),
            value("result", "\"ok\":true,\"value\":null"),
            value("result", "\"ok\":false,\"value\":" + number("u8", "1")),
            value("flags", "\"labels\":[\"a\",\"b\"]"));
    values.forEach(value -> echo(value, value));
    echo(value("flags", "\"labels\":[\"b\",\"a\"]"), values.getLast());
    assertEquals(List.of(), run().failures());
    commands.clear();
    component("component", "null", "ok");
    for (int i = 1; i < values.size(); i++) {
      echo(values.get(i), values.get(i - 1));
    }
    echo(values.getFirst(), "");
    WastReport report = run();
    assertEquals(values.size(), report.failures().size());
    assertEquals("(u64.const 18446744073709551615)", report.failures().get(6).seen());
  }

  @Test
  void nanPatterns_matchTheirNansOnly() {
    component("component", "null", "ok");
    String canonical = number("f32", "nan:canonical");
    String arithmetic = nested(number("f64", "nan:arithmetic"));
    echo(number("f32", "2143289344"), canonical);
    echo(number("f32", "4290772992"), canonical);
    echo(nested(number("f64", "9221120237041090561")), arithmetic);
    echo(number("f32", "2143289345"), canonical);
    echo(number("f32", "2139095041"), number("f32", "nan:arithmetic"));
    echo(nested(number("f64", "9218868437227405313")), arithmetic);
    echo(number("f64", "9221120237041090560"), canonical);
    echo(number("f32", "2147483648"), number("f32", "0"));
    assertEquals(List.of(5, 6, 7, 8, 9), lines(run()));
  }
}
