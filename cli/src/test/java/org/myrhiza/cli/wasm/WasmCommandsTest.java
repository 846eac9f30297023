// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.cli.Cli;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.hash.Blake3;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.process.Child;
import org.myrhiza.testkit.process.Launch;
import org.myrhiza.testkit.wast.WastCommand.Definition;
import org.myrhiza.testkit.wast.WastScript;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.link.Linker;
import org.myrhiza.wasm.meter.Rewritten;

/**
 * {@code myrhiza wasm inspect | validate | run | meter | compose}, from the file to the exit code.
 */
final class WasmCommandsTest {
  private static final int WRONG_USE = 2;

  /** A core module that exports a function {@code f} which adds 1, and its floating brother. */
  private static final String MODULE =
      "0061736d010000000106016" + "0017f017f03020100070501016600000a0901070020004101" + "6a0b";

  private static final String COMPONENT =
      """
      (component definition
        (type $p0 (record (field "x" s32) (field "y" (option s32))))
        (export $p "point" (type $p0))
        (core module $m
          (memory (export "mem") 1 1)
          (func (export "add") (param i32 i32 i32) (result i32)
            (i32.add (local.get 0) (local.get 2)))
          (func (export "text") (result i32)
            (i32.store (i32.const 8) (i32.const 16))
            (i32.store (i32.const 12) (i32.const 2))
            (i32.store16 (i32.const 16) (i32.const 0x0a68))
            (i32.const 8))
          (func (export "boom") unreachable)
          (func (export "spin") (loop (br 0)))
          (func (export "none")))
        (core instance $i (instantiate $m))
        (func $add (param "p" $p) (result s32) (canon lift (core func $i "add")))
        (export "add" (func $add))
        (func (export "text") (result string)
          (canon lift (core func $i "text") (memory (core memory $i "mem"))))
        (func (export "boom") (canon lift (core func $i "boom")))
        (func (export "spin") (canon lift (core func $i "spin")))
        (func $none (canon lift (core func $i "none")))
        (instance $api (export "none" (func $none)))
        (export "test:a/api" (instance $api)))
      """;

  @TempDir private Path folder;

  private String component() throws IOException, Failure {
    return component(COMPONENT, 0, "c");
  }

  /** One of a script's components, in a file of that name. */
  private String component(String text, int which, String name) throws IOException, Failure {
    Path script = Files.writeString(folder.resolve(name + ".wast"), text);
    Path apps = Repository.root().resolve("apps");
    List<String> scripts = new WastConverter(apps, System.getenv()).convert(List.of(script));
    WastScript read = WastScript.read(Json.parse(scripts.getFirst()));
    Definition only = (Definition) read.commands().get(which);
    Bytes binary = Objects.requireNonNull(only.form().binary(), only.form().parseError());
    return Files.write(folder.resolve(name + ".wasm"), binary.toArray()).toString();
  }

  private String module() throws IOException {
    return Files.write(folder.resolve("m.wasm"), HexFormat.of().parseHex(MODULE)).toString();
  }

  private static String fixture(String name) {
    return Cli.app("fixtures").resolve(name + ".wasm").toString();
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Cli.Ended run(String file, String call, String... more) {
    List<String> words = new ArrayList<>(List.of("wasm", "run", file, "--invoke", call));
    words.addAll(List.of(more));
    return Cli.bare(words.toArray(String[]::new));
  }

  private static void assertError(Cli.Ended ended, int exit, String type, String... words) {
    assertThat(ended.exit()).as("%s", ended).isEqualTo(exit);
    assertThat(ended.error()).as("%s", ended).isEqualTo(type);
    assertThat(ended.err()).contains(words);
    assertThat(names(ended.json().required("error")))
        .containsExactly("type", "message", "hint", "at");
  }

  @Test
  void inspect_showsWhatAComponentIsAndWhoTakesIt() {
    String file = Cli.app("counter").resolve("apply.wasm").toString();
    Cli.Ended ended = Cli.bare("wasm", "inspect", file, "--json");
    assertThat(ended.exit()).as("%s", ended).isZero();
    JsonNode json = ended.json();
    assertThat(names(json))
        .containsExactly("kind", "bytes", "modules", "imports", "exports", "wit", "profiles");
    assertThat(json.required("kind").textValue()).isEqualTo("component");
    assertThat(json.required("modules")).hasSize(3);
    for (JsonNode module : json.required("modules")) {
      assertThat(names(module)).containsExactly("bytes", "rewritten");
      assertThat(module.required("rewritten").intValue())
          .isGreaterThan(module.required("bytes").intValue());
    }
    assertThat(json.required("imports").toString()).contains("myrhiza:kernel/state-write@0.1.0");
    assertThat(json.required("exports")).hasToString("[\"apply\"]");
    assertThat(json.required("wit").textValue())
        .contains("  export apply: func(event: event) -> result<_, string>;\n");
    JsonNode profiles = json.required("profiles");
    assertThat(profiles.findValuesAsText("profile"))
        .containsExactly("state-apply", "state-propose", "interaction", "behavior");
    assertThat(profiles.required(0))
        .hasToString("{\"profile\":\"state-apply\",\"verdict\":\"accepted\",\"error\":null}");
    assertThat(profiles.required(1).required("verdict").textValue()).isEqualTo("refused");
    assertThat(profiles.required(1).required("error").textValue())
        .startsWith("import myrhiza:kernel/state-write@0.1.0: ")
        .contains("which its profile denies");
    assertThat(Cli.bare("wasm", "inspect", file).out())
        .contains("component of ", "rewritten", "world root {", "state-apply: accepted\n");
  }

  @Test
  void inspect_showsCoreModulesToo() throws IOException {
    Cli.Ended ended = Cli.bare("wasm", "inspect", module(), "--json");
    assertThat(ended.exit()).as("%s", ended).isZero();
    assertThat(ended.json().required("kind").textValue()).isEqualTo("module");
    assertThat(ended.json().required("exports")).hasToString("[\"f\"]");
    assertThat(ended.json().required("profiles")).isEmpty();
  }

  @Test
  void inspectAndValidate_tellWhereAFileIsWrong() throws IOException {
    byte[] cut = HexFormat.of().parseHex(MODULE.substring(0, MODULE.length() - 2));
    String damaged = Files.write(folder.resolve("d.wasm"), cut).toString();
    String text = Files.writeString(folder.resolve("t.wasm"), "no wasm at all").toString();
    for (String command : List.of("inspect", "validate")) {
      Cli.Ended ended = Cli.bare("wasm", command, damaged, "--json");
      assertError(ended, 1, "malformed", damaged);
      assertThat(ended.json().required("error").required("at").textValue()).startsWith("offset ");
      assertError(Cli.bare("wasm", command, text, "--json"), 1, "malformed", text);
      String missing = folder.resolve("none.wasm").toString();
      assertError(Cli.bare("wasm", command, missing, "--json"), 1, "file", missing);
      assertThat(Cli.bare("wasm", command).exit()).isEqualTo(WRONG_USE);
    }
  }

  @Test
  void validate_judgesByProfile() {
    Cli.Ended plain = Cli.bare("wasm", "validate", fixture("float"), "--json");
    assertThat(plain.exit()).as("%s", plain).isZero();
    assertThat(plain.json())
        .hasToString("{\"valid\":true,\"kind\":\"component\",\"profile\":null}");
    String[] apply = {"--profile", "state-apply", "--json"};
    Cli.Ended floats = Cli.bare("wasm", "validate", fixture("float"), apply[0], apply[1], apply[2]);
    assertError(floats, 1, "refused", "f64");
    assertThat(floats.json().required("error").required("at").textValue()).startsWith("offset ");
    Cli.Ended denied =
        Cli.bare("wasm", "validate", fixture("over-import"), apply[0], apply[1], apply[2]);
    assertError(denied, 1, "refused", "import myrhiza:kernel/self@0.1.0", "its profile denies");
    String good = Cli.app("counter").resolve("apply.wasm").toString();
    assertThat(Cli.bare("wasm", "validate", good, "--profile", "state-apply").out())
        .isEqualTo(good + ": a valid component under state-apply\n");
    assertError(
        Cli.bare("wasm", "validate", good, "--profile", "apply", "--json"),
        WRONG_USE,
        "wrong-use",
        "seen \"apply\", allowed state-apply, state-propose, interaction, behavior");
  }

  @Test
  void run_callsInWaveOnBothEngines() throws IOException, Failure {
    String file = component();
    List<Long> fuel = new ArrayList<>();
    for (String engine : List.of("compiled", "interpreted")) {
      Cli.Ended ended =
          run(file, "add({x: 40, y: 2})", "--fuel", "1000", "--engine", engine, "--json");
      assertThat(ended.exit()).as("%s", ended).isZero();
      assertThat(names(ended.json())).containsExactly("result", "fuel", "outcome");
      assertThat(ended.json().required("result").textValue()).isEqualTo("42");
      assertThat(ended.json().required("outcome").textValue()).isEqualTo("returned");
      fuel.add(ended.json().required("fuel").longValue());
    }
    assertThat(fuel.get(0)).isPositive().isEqualTo(fuel.get(1));
    String used = String.valueOf(fuel.get(0));
    assertThat(run(file, "add({x: 40, y: 2})", "--fuel", used).out()).isEqualTo("42\n");
    String less = String.valueOf(fuel.get(0) - 1);
    assertError(run(file, "add({x: 40, y: 2})", "--fuel", less, "--json"), 1, "out-of-fuel", "add");
    assertThat(run(file, "text()").out()).isEqualTo("\"h\\n\"\n");
    Cli.Ended none = run(file, "test:a/api#none()", "--fuel", "1000", "--verbose");
    assertThat(none.exit()).as("%s", none).isZero();
    assertThat(none.out()).isEmpty();
    assertThat(none.err()).matches("fuel used: [0-9]+\n");
    Cli.Ended unmetered = run(file, "add({x: 40, y: 2})", "--json");
    assertThat(unmetered.json().required("result").textValue()).isEqualTo("42");
    assertThat(unmetered.json().required("fuel").isNull()).isTrue();
    assertThat(run(file, "test:a/api#none()", "--json").json().required("result").isNull())
        .isTrue();
  }

  @Test
  void run_tellsHowACallEnded() throws IOException, Failure {
    String file = component();
    assertError(run(file, "boom()", "--json"), 1, "trapped", "trapped: instruction");
    assertError(run(file, "spin()", "--fuel", "10000", "--json"), 1, "out-of-fuel", "--fuel");
    String view = Cli.app("counter").resolve("interaction.wasm").toString();
    assertError(
        run(view, "view()", "--json"),
        1,
        "unlinkable",
        "myrhiza:kernel/topic@0.1.0#name",
        "myrhiza:kernel/state-read@0.1.0#get");
  }

  @Test
  void run_endsWithTheTime() throws Exception {
    String file = component();
    for (String engine : List.of("compiled", "interpreted")) {
      try (Child endless =
          Launch.of(
                  "wasm",
                  "run",
                  file,
                  "--invoke",
                  "spin()",
                  "--engine",
                  engine,
                  "--timeout",
                  "3",
                  "--json")
              .start()) {
        Child.Ended ended = endless.ended();
        assertThat(ended.exit()).as("%s", ended).isEqualTo(1);
        assertThat(ended.err()).contains("no answer within 3 seconds");
        assertThat(Cli.read(ended.out().strip()).required("error").required("type").textValue())
            .isEqualTo("timeout");
      }
    }
  }

  /** Two components: the second one's import is the first one's export. */
  private static final String PAIR =
      """
      (component definition $A
        (core module $m (func (export "f") (param i32) (result i32)
          (i32.mul (local.get 0) (i32.const 3))))
        (core instance $i (instantiate $m))
        (func (export "triple") (param "x" u32) (result u32) (canon lift (core func $i "f"))))
      (component definition $B
        (import "triple" (func $triple (param "x" u32) (result u32)))
        (core func $triple' (canon lower (func $triple)))
        (core module $m
          (import "" "f" (func $f (param i32) (result i32)))
          (func (export "f") (param i32) (result i32) (call $f (call $f (local.get 0)))))
        (core instance $i (instantiate $m (with "" (instance (export "f" (func $triple'))))))
        (func (export "nine-fold") (param "x" u32) (result u32)
          (canon lift (core func $i "f"))))
      """;

  @Test
  void compose_linksByName() throws IOException, Failure {
    String a = component(PAIR, 0, "a");
    String b = component(PAIR, 1, "b");
    String out = folder.resolve("ab.wasm").toString();
    Cli.Ended ended = Cli.bare("wasm", "compose", a, b, "-o", out, "--json");
    assertThat(ended.exit()).as("%s", ended).isZero();
    assertThat(names(ended.json()))
        .containsExactly("output", "bytes", "links", "imports", "exports");
    assertThat(ended.json().required("links").required(0).required("name").textValue())
        .isEqualTo("triple");
    assertThat(ended.json().required("imports")).isEmpty();
    assertThat(ended.json().required("exports")).hasToString("[\"nine-fold\"]");
    assertThat(run(out, "nine-fold(5)").out()).isEqualTo("45\n");
    assertThat(Cli.bare("wasm", "compose", a, b, "-o", out).out())
        .contains(b + " gets triple from " + a, "written to " + out);
    String alone = folder.resolve("b-alone.wasm").toString();
    Cli.Ended kept = Cli.bare("wasm", "compose", b, a, "-o", alone, "--json");
    assertThat(kept.json().required("imports")).hasToString("[\"triple\"]");
    String unfit = component();
    assertError(
        Cli.bare("wasm", "compose", a, a, b, "-o", alone, "--json"), 1, "unlinkable", "triple");
    assertError(
        Cli.bare("wasm", "compose", module(), "-o", alone, "--json"), 1, "malformed", "m.wasm");
    assertThat(Cli.bare("wasm", "compose", unfit).exit()).isEqualTo(WRONG_USE);
  }

  @Test
  void run_usedWrongly_saysWhatIsAllowed() throws IOException, Failure {
    String file = component();
    assertError(run(file, "add", "--json"), WRONG_USE, "invocation", "NAME(ARGUMENTS)");
    assertError(run(file, "nothing()", "--json"), WRONG_USE, "no-export", "add, boom", "api#none");
    assertError(run(file, "add()", "--json"), WRONG_USE, "arguments", "a value for p");
    Cli.Ended wrong = run(file, "add({x: 1, z: 2})", "--json");
    assertError(wrong, WRONG_USE, "arguments", "seen z, allowed x, y");
    assertThat(wrong.json().required("error").required("at").textValue()).isEqualTo("character 11");
    for (String fuel : List.of("0", "-1", "many", "2147483648", "9999999999999999999")) {
      assertError(run(file, "boom()", "--json", "--fuel", fuel), WRONG_USE, "wrong-use", "allowed");
    }
    assertError(Cli.bare("wasm", "run", file, "--json"), WRONG_USE, "wrong-use", "--invoke");
  }

  @Test
  void meter_writesTheRewrittenModule() throws IOException, Failure {
    Path out = folder.resolve("out.wasm");
    Cli.Ended ended = Cli.bare("wasm", "meter", module(), "-o", out.toString(), "--json");
    assertThat(ended.exit()).as("%s", ended).isZero();
    JsonNode json = ended.json();
    assertThat(names(json)).containsExactly("set", "before", "after", "output");
    assertThat(json.required("set").textValue()).isEqualTo("deterministic");
    assertThat(json.required("before").required("hash").textValue())
        .isEqualTo(Blake3.hash(Bytes.copyOf(HexFormat.of().parseHex(MODULE))).toHex());
    byte[] written = Files.readAllBytes(out);
    assertThat(json.required("after").required("hash").textValue())
        .isEqualTo(Blake3.hash(Bytes.copyOf(written)).toHex());
    assertThat(json.required("after").required("bytes").intValue()).isEqualTo(written.length);
    assertThat(Cli.bare("wasm", "validate", out.toString()).exit()).isZero();
    String twice = folder.resolve("twice.wasm").toString();
    assertError(
        Cli.bare("wasm", "meter", out.toString(), "-o", twice, "--set", "bridge", "--json"),
        1,
        "refused",
        "names that do not begin with");
    assertError(
        Cli.bare("wasm", "meter", module(), "-o", folder.toString(), "--json"),
        1,
        "file",
        "cannot be used");
    assertError(Cli.bare("wasm", "meter", module(), "--json"), WRONG_USE, "wrong-use", "-o");
    assertError(
        Cli.bare("wasm", "meter", module(), "-o", twice, "--set", "all", "--json"),
        WRONG_USE,
        "wrong-use",
        "allowed deterministic, interactive or bridge");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  private static void assertIs(JsonNode described, Bytes bytes) {
    assertThat(described.required("hash").textValue()).isEqualTo(Blake3.hash(bytes).toHex());
    assertThat(described.required("bytes").intValue()).isEqualTo(bytes.size());
  }

  @Test
  void meter_writesTheModulesOfAComponentInOrder() throws IOException {
    Path app = Cli.app("counter").resolve("apply.wasm");
    Path out = folder.resolve("metered");
    Cli.Ended ended = Cli.bare("wasm", "meter", app.toString(), "-o", out.toString(), "--json");
    assertThat(ended.exit()).as("%s", ended).isZero();
    assertThat(names(ended.json())).containsExactly("set", "modules", "output");
    assertThat(ended.text("output")).isEqualTo(out.toString());
    JsonNode modules = ended.json().required("modules");
    List<Rewritten> peers =
        ((WasmResult.Ok<Blueprint>) Linker.link(Files.readAllBytes(app), FeatureSet.DETERMINISTIC))
            .value()
            .modules();
    assertThat(modules).hasSize(3).hasSameSizeAs(peers);
    Bytes whole = Bytes.adopt(Files.readAllBytes(app));
    for (int i = 0; i < peers.size(); i++) {
      JsonNode module = modules.required(i);
      assertThat(names(module)).containsExactly("file", "before", "after");
      assertThat(module.required("file").textValue()).isEqualTo(i + ".wasm");
      CoreModule source = peers.get(i).source();
      assertIs(module.required("before"), whole.slice(source.from(), source.to()));
      Path file = out.resolve(i + ".wasm");
      assertThat(file).hasBinaryContent(peers.get(i).bytes());
      assertIs(module.required("after"), Bytes.copyOf(peers.get(i).bytes()));
      assertThat(Cli.bare("wasm", "validate", file.toString()).exit()).isZero();
    }
    assertThat(files()).containsExactly("metered");
    String again = folder.resolve("again").toString();
    assertThat(Cli.bare("wasm", "meter", app.toString(), "-o", again).out())
        .startsWith("0.wasm\n  before: ")
        .contains("\n2.wasm\n")
        .endsWith("written to " + again + "\n");
  }

  @Test
  void meter_leavesNoHalfFolderAndOverwritesNone() throws IOException {
    String app = Cli.app("counter").resolve("apply.wasm").toString();
    Path kept = Files.createDirectory(folder.resolve("kept"));
    Path mine = Files.writeString(kept.resolve("0.wasm"), "mine");
    String out = kept.toString();
    assertError(Cli.bare("wasm", "meter", app, "-o", out, "--json"), 1, "exists", "Remove it");
    assertError(
        Cli.bare("wasm", "meter", app, "-o", mine.toString(), "--json"), 1, "exists", "new folder");
    assertThat(mine).hasContent("mine");
    String lost = folder.resolve("none").resolve("out").toString();
    assertError(Cli.bare("wasm", "meter", app, "-o", lost, "--json"), 1, "file", lost);
    String floats = folder.resolve("floats").toString();
    assertError(
        Cli.bare("wasm", "meter", fixture("float"), "-o", floats, "--json"), 1, "refused", "f64");
    assertThat(files()).containsExactly("kept");
    assertThat(Cli.bare("wasm", "meter", fixture("float"), "-o", floats, "--set", "bridge").exit())
        .isZero();
  }

  @Test
  void engines_areNamedInHelpAndErrors() throws IOException {
    for (String command : List.of("run", "wast")) {
      assertThat(Cli.bare("wasm", command, "--help").out())
          .contains("compiled (the default)", "interpreted", "browser");
    }
    assertError(
        Cli.bare("wasm", "run", module(), "--invoke", "f()", "--engine", "steam", "--json"),
        WRONG_USE,
        "wrong-use",
        "seen \"steam\", allowed compiled, interpreted or browser");
    String none = folder.resolve("none.wasm").toString();
    assertError(run(none, "f()", "--engine", "browser", "--json"), 1, "file", none);
  }
}
