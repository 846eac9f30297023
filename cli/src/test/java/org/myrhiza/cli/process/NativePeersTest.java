// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.cli.Cli;
import org.myrhiza.cli.Cli.Ended;
import org.myrhiza.testkit.process.Child;

/** What the README does by hand, with processes of their own. */
@Tag("slow")
@Timeout(180)
class NativePeersTest {
  @TempDir private Path folder;

  private Cli data(String name) {
    return new Cli(folder.resolve(name));
  }

  private static Ended done(Ended ended) {
    assertThat(ended.exit()).as("%s", ended).isZero();
    return ended;
  }

  @Test
  void twoPeersMeetOverARelay() throws Exception {
    Cli ada = data("ada");
    Cli ben = data("ben");
    try (Child relay = Child.start("relay", "--listen", "127.0.0.1:0", "--json")) {
      JsonNode told = Cli.read(relay.line());
      String url = told.required("ws").textValue();
      assertThat(url).matches("ws://127\\.0\\.0\\.1:[0-9]+/v1");
      assertThat(told.required("page").textValue()).startsWith("http://127.0.0.1:");
      try (Child first = Child.peer(ada.data(), "--relay", url);
          Child second = Child.peer(ben.data())) {
        Ended created = done(ada.create(ada.bundle("counter"), "ours"));
        Ended joined =
            done(
                ben.json("app", "join", created.text("invite"), "--trust", created.text("bundle")));
        assertThat(joined.json().fieldNames())
            .toIterable()
            .containsExactly("instance", "bundle", "name", "invite", "events", "digest");
        assertThat(joined.text("instance")).isEqualTo(created.text("instance"));
        assertThat(joined.text("digest")).isEqualTo(created.text("digest"));
        done(ada.json("app", "act", "ours", "add", "amount=5"));
        try (Child third =
            Child.start(
                "app",
                "act",
                "ours",
                "subtract",
                "amount=2",
                "--wait",
                "--json",
                "--data",
                ben.data().toString())) {
          assertThat(Cli.read(third.line()).required("verdict").textValue()).isEqualTo("accepted");
          assertThat(third.end()).isZero();
        }
        Meeting.converged(4, List.of(ada, ben));
        assertThat(done(ada.run("app", "view", "ours")).out()).contains("Value: 3");
        assertThat(done(ben.run("app", "view", "ours")).out()).contains("Value: 3");
        assertThat(first.stop()).isZero();
        assertThat(second.stop()).isZero();
      }
      assertThat(relay.stop()).isZero();
    }
    assertThat(done(ada.run("app", "view", "ours")).out()).contains("Value: 3");
  }

  @Test
  void twoPeersMeetOverQuicAlone() throws Exception {
    Cli ada = data("ada");
    Cli ben = data("ben");
    try (Child first = Child.peer(ada.data(), "--listen", "127.0.0.1:0");
        Child second = Child.peer(ben.data())) {
      Ended created = done(ada.create(ada.bundle("counter"), "ours"));
      done(ben.json("app", "join", created.text("invite"), "--trust", created.text("bundle")));
      done(ben.json("app", "act", "ours", "add", "amount=4", "--wait"));
      done(ada.json("app", "act", "ours", "add", "amount=1", "--wait"));
      Meeting.converged(4, List.of(ada, ben));
      assertThat(done(ben.run("app", "view", "ours")).out()).contains("Value: 5");
      assertThat(second.stop()).isZero();
      assertThat(first.stop()).isZero();
    }
  }
}
