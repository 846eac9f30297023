// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.cli.Cli;
import org.myrhiza.testkit.process.Child;
import org.myrhiza.testkit.process.Launch;

/** What a person at a real terminal is asked and shown. */
@Tag("slow")
@Timeout(180)
class AtTerminalTest {
  private static final int NO_CONSENT = 3;
  private static final String QUESTION = "Run counter here? [y/N] ";
  private static final String ESCAPE = "\u001b[";

  @TempDir private Path folder;

  private Cli data(String name) {
    return new Cli(folder.resolve(name));
  }

  private static Launch at(Cli peer, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", peer.data().toString()));
    return Launch.of(all.toArray(String[]::new)).with("NO_COLOR", "1").atTerminal();
  }

  /** Reads the summary and the question, answers, and returns how it ended. */
  private static Child.Ended answered(Launch launch, String answer, String author, String bundle)
      throws InterruptedException {
    try (Child child = launch.start()) {
      assertThat(child.shown(QUESTION))
          .contains(
              "author " + author,
              "bundle " + bundle,
              "This app asks to:\r\n- ",
              "It cannot reach files, the network, your private keys or any other app.");
      child.type(answer);
      return child.ended();
    }
  }

  @Test
  void creatingAsks_andOnlyYesCreates() throws Exception {
    Cli ada = data("ada");
    Path bundle = ada.bundle("counter");
    String author = ada.json("id").text("user");
    Launch create = at(ada, "app", "create", bundle.toString(), "--name", "ours");
    for (String no : List.of("n", "", "nonsense")) {
      Child.Ended refused = answered(create, no, author, Cli.id(bundle));
      assertThat(refused.exit()).as("%s: %s", no, refused).isEqualTo(NO_CONSENT);
      assertThat(refused.out()).contains("error: no consent to run counter", Cli.id(bundle));
      assertThat(ada.json("app", "list").json().get("instances")).isEmpty();
    }
    Child.Ended created = answered(create, "y", author, Cli.id(bundle));
    assertThat(created.exit()).as("%s", created).isZero();
    assertThat(created.out()).contains("instance  mytopic1", "name      ours", "myinvite1");
    assertThat(Meeting.only(ada).required("name").textValue()).isEqualTo("ours");
  }

  @Test
  void joiningAsks_andOnlyYesJoins_alsoThroughARunningPeer() throws Exception {
    Cli ada = data("ada");
    Cli ben = data("ben");
    Path bundle = ada.bundle("counter");
    String author = ada.json("id").text("user");
    try (Child first = Child.peer(ada.data(), "--listen", "127.0.0.1:0")) {
      String invite = ada.create(bundle, "ours").text("invite");
      Launch join = at(ben, "app", "join", invite);
      Child.Ended refused = answered(join, "no", author, Cli.id(bundle));
      assertThat(refused.exit()).as("%s", refused).isEqualTo(NO_CONSENT);
      assertThat(ben.json("app", "list").json().get("instances")).isEmpty();
      try (Child second = Child.peer(ben.data())) {
        refused = answered(join, "n", author, Cli.id(bundle));
        assertThat(refused.exit()).as("%s", refused).isEqualTo(NO_CONSENT);
        assertThat(ben.json("app", "list").json().get("instances")).isEmpty();
        Child.Ended joined = answered(join, "YES", author, Cli.id(bundle));
        assertThat(joined.exit()).as("%s", joined).isZero();
        assertThat(second.stop()).isZero();
      }
      assertThat(Meeting.only(ben).required("digest"))
          .isEqualTo(Meeting.only(ada).required("digest"));
      assertThat(first.stop()).isZero();
    }
  }

  @Test
  void coloursAreForTerminals_andNotWithTheVariable() throws Exception {
    Launch wrong = Launch.of("bundle", "inspect", "none").with("TERM", "xterm");
    Launch coloured = wrong.with("NO_COLOR", "");
    try (Child shown = coloured.atTerminal().start();
        Child plain = wrong.with("NO_COLOR", "1").atTerminal().start();
        Child piped = coloured.start()) {
      assertThat(shown.ended().out()).contains(ESCAPE, "error: ");
      assertThat(plain.ended().out()).contains("error: ").doesNotContain(ESCAPE);
      assertThat(piped.ended().err()).contains("error: ").doesNotContain(ESCAPE);
    }
  }
}
