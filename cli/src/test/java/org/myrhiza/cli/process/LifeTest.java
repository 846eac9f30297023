// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.cli.Cli;
import org.myrhiza.cli.Cli.Ended;
import org.myrhiza.testkit.process.Child;
import org.myrhiza.testkit.process.Launch;

/** How processes begin, what they say while they live, and what they leave when they end. */
@Tag("slow")
@Timeout(180)
class LifeTest {
  private static final int FAILED = 1;
  private static final int MISSING = 3;
  private static final String OWNER_ONLY = "rwx------";

  @TempDir private Path folder;

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private Path temporary() throws Exception {
    return Files.createDirectories(folder.resolve("temporary"));
  }

  /** What a process left in its folder for temporary files. */
  private List<Path> left() throws Exception {
    try (Stream<Path> files = Files.list(temporary())) {
      return files.toList();
    }
  }

  @Test
  void aRelaySaysWhereItIs_andEndsByEitherSignal() throws Exception {
    Launch launch =
        Launch.of("relay", "--listen", "127.0.0.1:0", "--json").withTemporary(temporary());
    String listen;
    try (Child relay = launch.start()) {
      JsonNode told = Cli.read(relay.line());
      assertThat(names(told)).containsExactly("ws", "page");
      assertThat(told.required("ws").textValue()).matches("ws://127\\.0\\.0\\.1:[0-9]+/v1");
      assertThat(told.required("page").textValue()).matches("http://127\\.0\\.0\\.1:[0-9]+/");
      listen = told.required("page").textValue().replaceAll("http://|/$", "");
      Ended taken = Cli.bare("relay", "--listen", listen, "--json");
      assertThat(taken.exit()).as("%s", taken).isEqualTo(FAILED);
      assertThat(taken.error()).isEqualTo("listen");
      assertThat(taken.err()).contains(listen, "--listen HOST:PORT");
      assertThat(relay.interrupt()).isZero();
    }
    try (Child again = Child.start("relay", "--listen", listen)) {
      assertThat(again.line()).isEqualTo("relay  ws://" + listen + "/v1");
      assertThat(again.line()).isEqualTo("page   http://" + listen + "/");
      assertThat(again.stop()).isZero();
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void aPeerTellsItsState_ownsItsFolder_andEndsByEitherSignal() throws Exception {
    Cli cli = new Cli(folder.resolve("data"));
    Path bundle = cli.bundle("counter");
    List<String> words = List.of("peer", "run", "--listen", "127.0.0.1:0", "--json", "--data");
    Launch launch =
        Launch.of(
                Stream.concat(words.stream(), Stream.of(cli.data().toString()))
                    .toArray(String[]::new))
            .withTemporary(temporary());
    try (Child peer = launch.start()) {
      JsonNode ready = Cli.read(peer.line());
      assertThat(names(ready)).containsExactly("status", "user", "peer", "listen");
      assertThat(ready.required("status").textValue()).isEqualTo("ready");
      assertThat(ready.required("user").textValue()).isEqualTo(cli.json("id").text("user"));
      assertThat(ready.required("listen").required(0).textValue())
          .matches("127\\.0\\.0\\.1:[0-9]+");
      assertThat(mode(cli.data())).isEqualTo(OWNER_ONLY);
      assertThat(cli.data().resolve("control.sock")).exists();

      Ended created = cli.create(bundle, "ours");
      JsonNode status = Cli.read(peer.line());
      assertThat(names(status))
          .containsExactly(
              "status", "instance", "name", "bundle", "events", "pending", "digest", "sync");
      assertThat(status.required("status").textValue()).isEqualTo("instance");
      assertThat(status.required("instance").textValue()).isEqualTo(created.text("instance"));

      Ended second = cli.json("peer", "run");
      assertThat(second.exit()).as("%s", second).isEqualTo(FAILED);
      assertThat(second.error()).isEqualTo("busy");
      assertThat(second.err()).contains(cli.data().toString(), "--data");
      assertThat(peer.interrupt()).isZero();
    }
    assertThat(left()).isEmpty();
    assertThat(cli.data().resolve("control.sock")).doesNotExist();
    try (Child again = launch.start()) {
      assertThat(Cli.read(again.line()).required("status").textValue()).isEqualTo("ready");
      assertThat(again.stop()).isZero();
    }
    assertThat(left()).isEmpty();
  }

  private void missing(Launch plain, String variable) throws Exception {
    Launch launch =
        plain
            .with("MYRHIZA_CHROMIUM", "/bin/sh")
            .with("MYRHIZA_CHROMEDRIVER", "/bin/sh")
            .with(variable, "/no/such/program")
            .withTemporary(temporary());
    try (Child child = launch.start()) {
      Child.Ended ended = child.ended();
      assertThat(ended.exit()).as("%s", ended).isEqualTo(MISSING);
      JsonNode error = Cli.read(ended.out()).required("error");
      assertThat(error.required("type").textValue()).isEqualTo("prerequisite");
      assertThat(error.required("message").textValue()).contains("/no/such/program", variable);
      assertThat(error.required("hint").textValue()).contains("chromium-driver");
    }
  }

  @Test
  void aBrowserThatIsNotThereIsAMissingPrerequisite() throws Exception {
    String file = Cli.app("fixtures").resolve("rejecter.wasm").toString();
    List<String[]> commands =
        List.of(
            new String[] {"demo", "--headless", "--json"},
            new String[] {"wasm", "run", file, "--invoke", "f()", "--engine", "browser", "--json"});
    for (String[] words : commands) {
      for (String variable : List.of("MYRHIZA_CHROMIUM", "MYRHIZA_CHROMEDRIVER")) {
        missing(Launch.of(words), variable);
      }
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void theVariableNamesTheFolder_andTheOptionWins() throws Exception {
    Path named = folder.resolve("deep/named");
    Path given = folder.resolve("given");
    Launch launch = Launch.of("id", "--json").with("MYRHIZA_DATA", named.toString());
    try (Child child = launch.start()) {
      Child.Ended ended = child.ended();
      assertThat(ended.exit()).as("%s", ended).isZero();
      assertThat(ended.out().lines()).hasSize(1);
      assertThat(Cli.read(ended.out()).required("user").textValue())
          .isEqualTo(new Cli(named).json("id").text("user"));
    }
    assertThat(mode(named)).isEqualTo(OWNER_ONLY);
    assertThat(mode(named.resolve("keys"))).isEqualTo("rw-------");
    Launch other =
        Launch.of("id", "--json", "--data", given.toString())
            .with("MYRHIZA_DATA", folder.resolve("unused").toString());
    try (Child child = other.start()) {
      assertThat(child.ended().exit()).isZero();
    }
    assertThat(given).isDirectory();
    assertThat(folder.resolve("unused")).doesNotExist();
  }

  @Test
  void aBundleWithoutAFileNameLandsInTheWorkingFolder() throws Exception {
    Launch build =
        Launch.of("bundle", "build", Cli.app("counter").toString(), "--data", folder + "/data");
    try (Child child = build.in(folder).start()) {
      Child.Ended ended = child.ended();
      assertThat(ended.exit()).as("%s", ended).isZero();
      assertThat(ended.out()).contains("written to counter.bundle");
      assertThat(ended.err()).isEmpty();
    }
    assertThat(Cli.id(folder.resolve("counter.bundle"))).startsWith("mybundle1");
  }

  @Test
  void theCompletionScriptCompletesInBash() throws Exception {
    Path script = folder.resolve("completion");
    Files.writeString(script, Cli.bare("completion").out());
    String ask =
        "source "
            + script
            + "; COMP_WORDS=(myrhiza app in); COMP_CWORD=2; _complete_myrhiza; echo ${COMPREPLY[@]}";
    Process bash = new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
    assertThat(
            new String(
                bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("invite\n");
    assertThat(bash.waitFor()).isZero();
  }
}
