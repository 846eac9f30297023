// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.process.Child;
import org.myrhiza.testkit.process.Launch;
import org.myrhiza.testkit.wast.WastCommand;
import org.myrhiza.testkit.wast.WastScript;

/** {@code myrhiza wasm run | wast --engine browser}: the answers of the compiled engine. */
@Timeout(240)
final class WasmToolsIT {
  private static final long END_SECONDS = 30;

  /** Seconds: these runs end by themselves, on a slow machine too. */
  private static final String PATIENCE = "200";

  private static final String FUEL = "10000000";
  private static final String APPLY =
      "apply({id: [], author: {principal: [], signer: []}, clock: {millis: 1, counter: 0}, tag: 1,"
          + " body: []})";

  private static final String COMPONENT =
      """
      (component definition
        (type $p0 (record (field "x" s64) (field "y" (option f64))))
        (export $p "point" (type $p0))
        (core module $m
          (memory (export "mem") 1 1)
          (func (export "swap") (param i64 i32 f64) (result i32)
            (i64.store (i32.const 8) (i64.add (local.get 0) (i64.const 1)))
            (i32.store (i32.const 16) (local.get 1))
            (f64.store (i32.const 24) (f64.mul (local.get 2) (f64.const 0.1)))
            (i32.const 8))
          (func (export "lost") (result i32)
            (i32.store (i32.const 8) (i32.const 65536))
            (i32.store (i32.const 12) (i32.const 2))
            (i32.const 8))
          (func (export "boom") (drop (i32.div_s (i32.const 1) (i32.const 0)))))
        (core instance $i (instantiate $m))
        (func $swap (param "p" $p) (result $p)
          (canon lift (core func $i "swap") (memory (core memory $i "mem"))))
        (export "swap" (func $swap))
        (func (export "lost") (result string)
          (canon lift (core func $i "lost") (memory (core memory $i "mem"))))
        (func (export "boom") (canon lift (core func $i "boom"))))
      """;

  private static final String SCRIPT =
      """
      (component
        (core module $m
          (func (export "id") (param i32) (result i32) (local.get 0))
          (func (export "boom") unreachable))
        (core instance $i (instantiate $m))
        (func (export "id") (param "x" u32) (result u32) (canon lift (core func $i "id")))
        (func (export "boom") (canon lift (core func $i "boom"))))
      (assert_return (invoke "id" (u32.const 7)) (u32.const 7))
      (assert_return (invoke "id" (u32.const 7)) (u32.const 8))
      (assert_trap (invoke "boom") "unreachable")
      (assert_invalid (component (core module (func (result i32)))) "type mismatch")
      (component definition (type (future u8)))
      (component definition (type (stream u8)))
      (register "é")
      """;

  @TempDir private Path folder;
  @TempDir private Path temporary;

  private Launch wasm(String engine, List<String> words) {
    List<String> all = new ArrayList<>(List.of("wasm"));
    all.addAll(words);
    all.addAll(List.of("--engine", engine, "--json"));
    if (!words.contains("--timeout")) {
      all.addAll(List.of("--timeout", PATIENCE));
    }
    return Launch.of(all.toArray(String[]::new)).withTemporary(temporary);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** What the browser answers, which has to be what the compiled engine answers. */
  private JsonValue same(int exit, String... words) throws Exception {
    try (Child browser = wasm("browser", List.of(words)).start();
        Child compiled = wasm("compiled", List.of(words)).start()) {
      Child.Ended expected = compiled.ended();
      Child.Ended seen = browser.ended();
      assertThat(seen.exit()).as("%s", seen).isEqualTo(exit).isEqualTo(expected.exit());
      assertThat(seen.out()).isEqualTo(expected.out());
      List<String> notes = seen.err().lines().toList();
      assertThat(notes.get(0)).isEqualTo("starting a browser");
      assertThat(notes.get(1)).matches("running in Chromium [0-9.]+");
      assertThat(notes.subList(2, notes.size())).isEqualTo(expected.err().lines().toList());
      return Json.parse(seen.out());
    }
  }

  private JsonValue run(int exit, String file, String call) throws Exception {
    JsonValue answer = same(exit, "run", file, "--invoke", call, "--fuel", FUEL, "--verbose");
    return exit == 0 ? answer : answer.at("error");
  }

  private static String fixture(String name) {
    return Repository.root().resolve("apps/target/fixtures").resolve(name + ".wasm").toString();
  }

  private String component() throws Exception {
    Path script = Files.writeString(folder.resolve("c.wast"), COMPONENT);
    String converter = Repository.root().resolve("apps/wast.mjs").toString();
    Process node = new ProcessBuilder("node", converter, script.toString()).start();
    byte[] json = node.getInputStream().readAllBytes();
    assertThat(node.waitFor()).isZero();
    WastCommand first = WastScript.read(Json.parse(json)).commands().getFirst();
    var form = ((WastCommand.Definition) first).form();
    byte[] binary = Objects.requireNonNull(form.binary(), form.parseError()).toArray();
    return Files.write(folder.resolve("c.wasm"), binary).toString();
  }

  @Test
  void valuesAndFuel_areTheSame() throws Exception {
    String file = component();
    JsonValue answer = run(0, file, "swap({x: 9223372036854775807, y: 7.0})");
    assertThat(answer.at("result").text())
        .isEqualTo("{x: -9223372036854775808, y: some(0.7000000000000001)}");
    assertThat(answer.at("outcome").text()).isEqualTo("returned");
    assertThat(answer.at("fuel").number()).isPositive();
    assertThat(run(0, fixture("rejecter"), APPLY).at("result").text())
        .isEqualTo("err(\"This app rejects everything.\")");
    assertThat(left()).isEmpty();
  }

  @Test
  void traps_areTheSame() throws Exception {
    String file = component();
    assertThat(run(1, file, "boom()").at("at").text()).isEqualTo("instruction");
    assertThat(run(1, file, "lost()").at("at").text()).isEqualTo("abi");
    assertThat(run(1, fixture("endless-recursion"), APPLY).at("at").text()).isEqualTo("stack");
    assertThat(left()).isEmpty();
  }

  @Test
  void otherFailures_areTheSame() throws Exception {
    assertThat(run(1, fixture("endless-loop"), APPLY).at("type").text()).isEqualTo("out-of-fuel");
    JsonValue unlinkable = run(1, fixture("foreign-import"), APPLY);
    assertThat(unlinkable.at("type").text()).isEqualTo("unlinkable");
    assertThat(unlinkable.at("at").text()).isEqualTo("myrhiza:kernel/nowhere@0.1.0#reach");
    JsonValue misused = run(2, fixture("rejecter"), "apply(é)");
    assertThat(misused.at("type").text()).isEqualTo("arguments");
    String cut = Files.write(folder.resolve("cut.wasm"), new byte[] {0, 'a', 's', 'm'}).toString();
    assertThat(run(1, cut, "f()").at("type").text()).isEqualTo("malformed");
    assertThat(left()).isEmpty();
  }

  @Test
  void scripts_haveTheSameCountsFailuresAndNotes() throws Exception {
    String script = Files.writeString(folder.resolve("s.wast"), SCRIPT).toString();
    String own = Repository.root().resolve("apps/fixtures/scripts").toString();
    JsonValue answer = same(1, "wast", script, own, "--verbose");
    assertThat(answer.at("files").items()).hasSizeGreaterThan(1);
    JsonValue first = answer.at("files").items().getFirst();
    assertThat(first.at("passed").number()).isEqualTo(4);
    assertThat(first.at("failed").number()).isEqualTo(2);
    assertThat(first.at("skipped").at("futures").number()).isEqualTo(1);
    assertThat(first.at("skipped").at("streams").number()).isEqualTo(1);
    assertThat(left()).isEmpty();
  }

  @Test
  void theComponentModelsOwnScripts_haveTheSameCounts() throws Exception {
    Path scripts = Repository.root().resolve("../shared/vectors/component-model").normalize();
    Assumptions.assumeTrue(Files.isDirectory(scripts), "no vectors at " + scripts);
    JsonValue answer = same(0, "wast", scripts.toString());
    assertThat(answer.at("failed").number()).isZero();
    assertThat(answer.at("passed").number()).isPositive();
    assertThat(answer.at("skipped").number()).isPositive();
  }

  @Test
  void outOfTime_itEndsWithItsBrowser() throws Exception {
    List<String> words =
        List.of("run", fixture("endless-loop"), "--invoke", APPLY, "--timeout", "20");
    try (Child tool = wasm("browser", words).start()) {
      tool.told("running in Chromium");
      List<ProcessHandle> browser = tool.descendants();
      Child.Ended ended = tool.ended();
      assertThat(ended.exit()).as("%s", ended).isEqualTo(1);
      assertThat(Json.parse(ended.out()).at("error").at("type").text()).isEqualTo("timeout");
      assertThat(ended.err()).contains("no answer within 20 seconds");
      awaitEnd(browser);
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void stopped_itEndsItsBrowserToo() throws Exception {
    List<String> words = List.of("run", fixture("endless-loop"), "--invoke", APPLY);
    for (boolean byInterrupt : List.of(true, false)) {
      try (Child tool = wasm("browser", words).start()) {
        tool.told("running in Chromium");
        List<ProcessHandle> browser = tool.descendants();
        assertThat(browser).anyMatch(each -> each.info().command().orElse("").contains("chrom"));
        assertThat(byInterrupt ? tool.interrupt() : tool.stop()).isNotZero();
        awaitEnd(browser);
      }
      assertThat(left()).isEmpty();
    }
  }

  @Test
  void killed_itTakesItsBrowserAlong() throws Exception {
    List<String> words = List.of("run", fixture("endless-loop"), "--invoke", APPLY);
    try (Child tool = wasm("browser", words).start()) {
      tool.told("running in Chromium");
      List<ProcessHandle> browser = tool.descendants();
      tool.kill();
      awaitEnd(browser);
    }
  }

  private static void awaitEnd(List<ProcessHandle> processes) {
    for (ProcessHandle each : processes) {
      each.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
    }
  }
}
