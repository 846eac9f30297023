// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.cli.Cli;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;

/** {@code myrhiza wasm wast}, from the text of a script to the exit code. */
final class WastCommandTest {
  private static final int WRONG_USE = 2;

  private static final String COMPONENT =
      """
      (; a ( in (; nested ;) comments ;) ;; and one more (
      (component $c
        (core module $m
          (func (export "id") (param i32) (result i32) (local.get 0))
          (func (export "boom") unreachable))
        (core instance $i (instantiate $m))
        (func (export "u32") (param "x" u32) (result u32) (canon lift (core func $i "id")))
        (func (export "char") (param "x" char) (result char) (canon lift (core func $i "id")))
        (func (export "boom") (canon lift (core func $i "boom"))))
      """;

  private static final String GOOD =
      COMPONENT
          + """
          (assert_return (invoke $c "u32" (u32.const 0xffff_ffff)) (u32.const 4294967295))
          (assert_return (invoke "char" (char.const "\\u{1f370}")) (char.const "\\f0\\9f\\8d\\b0"))
          (assert_trap (invoke "boom") "unreachable")
          (component definition $"a ) name" (import "f" (func)))
          (assert_malformed (component quote "(import \\"a\\"" " (func") "expected")
          (assert_malformed (component quote "(import \\"\\ff\\" (func))") "UTF-8")
          (assert_malformed (component binary "\\00asm" "\\0d\\00\\01\\00\\7f") "section")
          (assert_invalid (component (core module (func (result i32)))) "type mismatch")
          (component definition (type (future u8)))
          """;

  @TempDir private Path folder;

  private Path script(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static JsonNode only(Cli.Ended ended) {
    assertThat(ended.json().required("files")).as("%s", ended).hasSize(1);
    return ended.json().required("files").required(0);
  }

  @Test
  void goodScript_endsWithZeroOnBothEngines() throws IOException {
    String path = script("good.wast", GOOD).toString();
    for (String engine : List.of("compiled", "interpreted")) {
      Cli.Ended ended = Cli.bare("wasm", "wast", path, "--engine", engine, "--json");
      assertThat(ended.exit()).as("%s", ended).isZero();
      JsonNode file = only(ended);
      assertThat(file.fieldNames())
          .toIterable()
          .containsExactly("file", "passed", "failed", "skipped", "failures");
      assertThat(file.required("file").textValue()).isEqualTo(path);
      assertThat(file.required("passed").intValue()).isEqualTo(9);
      assertThat(file.required("skipped")).hasToString("{\"futures\":1}");
      assertThat(ended.json().required("passed").intValue()).isEqualTo(9);
      assertThat(ended.json().required("failed").intValue()).isZero();
      assertThat(ended.json().required("skipped").intValue()).isEqualTo(1);
    }
  }

  @Test
  void failures_areToldWithLineExpectedAndSeen() throws IOException {
    String bad =
        COMPONENT
            + """
            (assert_return (invoke "u32" (u32.const 1)) (u32.const 2))
            (assert_return (invoke "u32" (u32.const -1)) (u32.const 2))
            (assert_invalid (component) "everything")
            (register "c")
            """;
    script("bad.wast", bad);
    script("unclosed.wast", "(component");
    Cli.Ended ended = Cli.bare("wasm", "wast", folder.toString(), "--json");
    assertThat(ended.exit()).isEqualTo(1);
    JsonNode failures = ended.json().required("files").required(0).required("failures");
    assertThat(failures.required(0))
        .hasToString("{\"line\":10,\"expected\":\"(u32.const 2)\",\"seen\":\"(u32.const 1)\"}");
    assertThat(failures.findValuesAsText("line")).containsExactly("10", "11", "12", "13");
    assertThat(failures.required(1).required("seen").textValue()).contains("range of u32: -1");
    assertThat(ended.json().required("failed").intValue()).isEqualTo(5);
    Cli.Ended text = Cli.bare("wasm", "wast", folder.toString());
    assertThat(text.out())
        .contains("bad.wast: 1 passed, 4 failed, 0 skipped")
        .contains("  line 12: expected invalid: everything; seen accepted")
        .contains("2 files: 1 passed, 5 failed, 0 skipped");
  }

  private String seen(String text) throws IOException {
    Path path = script("strange.wast", text);
    Cli.Ended ended = Cli.bare("wasm", "wast", path.toString(), "--json");
    assertThat(ended.exit()).as("%s", ended).isEqualTo(1);
    return String.join(" | ", only(ended).required("failures").findValuesAsText("seen"));
  }

  @Test
  void whatIsNoScript_isToldByWhatWasSeen() throws IOException {
    assertThat(seen("\0asm\1\0\0\0((((((((((((("))
        .isEqualTo("binary data that begins with \"\\u{0}asm\\u{1}\\u{0}\\u{0}\\u{0}((((((((\"…");
    assertThat(seen("%PDF-1.7 \"x\" ((x)) (w\u001b[3m) (register \"c\")"))
        .isEqualTo(
            "the word \"%PDF-1.7\" | a string | a list that does not begin with a word"
                + " | a list that begins with \"w\\u{1b}[3m\" | register");
    assertThat(seen("(assert_return) (assert_invalid 3 \"x\") (assert_trap (get \"x\") \"x\")"))
        .isEqualTo(
            "nothing where a call is wanted | the word \"3\" where a component is wanted"
                + " | get where a component is wanted");
  }

  @Test
  void pathWithoutScripts_isWrongUse() {
    for (String path : List.of(folder.toString(), folder.resolve("no.wast").toString())) {
      Cli.Ended ended = Cli.bare("wasm", "wast", path, "--json");
      assertThat(ended.exit()).isEqualTo(WRONG_USE);
      assertThat(ended.error()).isEqualTo("no-script");
    }
  }

  @Test
  void unknownEngine_isWrongUse() {
    Cli.Ended ended = Cli.bare("wasm", "wast", folder.toString(), "--engine", "steam", "--json");
    assertThat(ended.exit()).isEqualTo(WRONG_USE);
    assertThat(ended.error()).isEqualTo("wrong-use");
    assertThat(ended.err()).contains("seen \"steam\", allowed compiled, interpreted or browser");
  }

  @Test
  void withoutNode_itSaysWhereToGetIt() throws IOException {
    Path path = script("good.wast", GOOD);
    WastConverter converter =
        new WastConverter(folder, Map.of("PATH", folder.toString(), "MYRHIZA_NODE_HOME", "/none"));
    assertThatThrownBy(() -> converter.convert(List.of(path)))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exit()).isEqualTo(ExitCode.MISSING);
              assertThat(failure.hint()).contains("MYRHIZA_NODE_HOME");
            });
  }
}
