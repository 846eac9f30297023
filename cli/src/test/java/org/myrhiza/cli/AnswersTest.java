// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.cli.Cli.Ended;
import org.myrhiza.jvm.control.ControlServer;
import org.myrhiza.jvm.peer.Peer;
import org.myrhiza.jvm.peer.PeerOptions;

/** Every command's answer, in text and JSON, with and without a running peer. */
class AnswersTest {
  private static final String DIGEST = "[0-9a-f]{64}";

  @TempDir private Path folder;
  private Cli cli = new Cli(Path.of("."));

  @BeforeEach
  void chooseData() {
    cli = new Cli(folder.resolve("data"));
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Ended done(Ended ended) {
    assertThat(ended.exit()).as("%s", ended).isZero();
    return ended;
  }

  @Test
  void idMakesTheIdentityOnce() {
    Ended first = done(cli.json("id"));
    assertThat(names(first.json())).containsExactly("user", "peer", "created");
    assertThat(first.json().get("created").booleanValue()).isTrue();
    assertThat(first.text("user")).startsWith("myuser1");
    assertThat(first.text("peer")).startsWith("mypeer1");
    Ended second = done(cli.json("id"));
    assertThat(second.json().get("created").booleanValue()).isFalse();
    assertThat(second.text("user")).isEqualTo(first.text("user"));
    assertThat(done(cli.run("id")).out())
        .isEqualTo("user  " + first.text("user") + "\npeer  " + first.text("peer") + "\n");
  }

  @Test
  void aBundleIsBuiltAndInspectedAlike() {
    Path file = folder.resolve("counter.bundle");
    Ended built =
        done(cli.json("bundle", "build", Cli.app("counter").toString(), "-o", file.toString()));
    assertThat(names(built.json()))
        .containsExactly(
            "bundle", "name", "version", "author", "bytes", "components", "capabilities");
    assertThat(built.text("author")).isEqualTo(cli.json("id").text("user"));
    assertThat(built.json().get("bytes").longValue()).isEqualTo(file.toFile().length());
    JsonNode components = built.json().get("components");
    assertThat(components).hasSize(3);
    for (JsonNode component : components) {
      assertThat(names(component)).containsExactly("profile", "hash", "bytes", "imports");
      assertThat(component.get("hash").textValue()).matches(DIGEST);
      assertThat(component.get("bytes").longValue()).isPositive();
      assertThat(component.get("profile").textValue())
          .isIn("state-apply", "state-propose", "interaction", "behavior");
      assertThat(component.get("imports"))
          .allMatch(each -> each.textValue().startsWith("myrhiza:"));
    }
    assertThat(built.json().get("capabilities"))
        .isNotEmpty()
        .allMatch(each -> each.textValue().matches("[a-z-]+"));
    assertThat(done(Cli.bare("bundle", "inspect", file.toString(), "--json")).out())
        .isEqualTo(built.out());
    assertThat(done(Cli.bare("bundle", "inspect", file.toString())).out())
        .contains(built.text("bundle"), built.text("author"), "It cannot reach files");
  }

  @Test
  void theSameBytesGiveTheSameBundle() throws Exception {
    Path first = cli.bundle("counter");
    byte[] bytes = Files.readAllBytes(first);
    assertThat(cli.bundle("counter")).hasBinaryContent(bytes);
  }

  @Test
  void anInstanceLivesThroughAllCommands() {
    Path bundle = cli.bundle("counter");
    Ended created = done(cli.create(bundle, "ours"));
    assertThat(names(created.json()))
        .containsExactly("instance", "bundle", "name", "invite", "events", "digest");
    assertThat(created.text("instance")).startsWith("mytopic1");
    assertThat(created.text("bundle")).isEqualTo(Cli.id(bundle));
    assertThat(created.text("name")).isEqualTo("ours");
    assertThat(created.text("invite")).startsWith("myinvite1");
    assertThat(created.json().get("events").longValue()).isOne();
    assertThat(created.text("digest")).matches(DIGEST);
    String instance = created.text("instance");

    Ended acted = done(cli.json("app", "act", "ours", "add", "amount=5"));
    assertThat(names(acted.json())).containsExactly("instance", "event", "position", "verdict");
    assertThat(acted.text("instance")).isEqualTo(instance);
    assertThat(acted.json().get("position").longValue()).isOne();
    assertThat(acted.text("verdict")).isEqualTo("accepted");

    JsonNode listed = done(cli.json("app", "list")).json().get("instances");
    assertThat(listed).hasSize(1);
    assertThat(names(listed.get(0)))
        .containsExactly("instance", "name", "bundle", "events", "pending", "digest", "sync");
    assertThat(listed.get(0).get("events").longValue()).isEqualTo(2);
    assertThat(listed.get(0).get("sync").textValue()).isEqualTo("alone");

    Ended viewed = done(cli.json("app", "view", instance.substring(0, "mytopic1".length() + 6)));
    assertThat(names(viewed.json()))
        .containsExactly("instance", "events", "digest", "view", "actions");
    assertThat(viewed.json().get("actions"))
        .allSatisfy(action -> assertThat(names(action)).containsExactly("name", "label", "fields"));
    assertThat(viewed.text("view")).contains("Value: 5").contains("Actions:").contains("subtract");
    assertThat(viewed.text("digest"))
        .isEqualTo(listed.get(0).get("digest").textValue())
        .isNotEqualTo(created.text("digest"));

    JsonNode events = done(cli.json("app", "log", "ours")).json().get("events");
    assertThat(events).hasSize(2);
    assertThat(names(events.get(1)))
        .containsExactly(
            "event",
            "principal",
            "signer",
            "seq",
            "depth",
            "clock",
            "kind",
            "tag",
            "verdict",
            "reason");
    assertThat(names(events.get(1).get("clock"))).containsExactly("millis", "counter");
    assertThat(events.get(1).get("principal").textValue()).isEqualTo(cli.json("id").text("user"));
    assertThat(events.get(1).get("signer").textValue()).isEqualTo(cli.json("id").text("peer"));
    assertThat(events.get(1).get("depth").longValue()).isEqualTo(2);
    assertThat(events.get(1).get("verdict").textValue()).isEqualTo("accepted");
    assertThat(events.get(1).get("reason").textValue()).isEmpty();
    assertThat(events.get(1).get("event").textValue()).isEqualTo(acted.text("event"));
    assertThat(events.get(1).get("seq").longValue()).isEqualTo(2);
    assertThat(events.get(1).get("tag").intValue()).isOne();

    Ended invited = done(cli.json("app", "invite", "ours"));
    assertThat(names(invited.json())).containsExactly("instance", "invite");
    assertThat(invited.err()).contains("warning:").contains("no relay");

    Ended left = done(cli.json("app", "leave", instance));
    assertThat(left.json().get("instances")).isEmpty();
    assertThat(done(cli.json("app", "list")).json().get("instances")).isEmpty();
    assertThat(cli.json("app", "view", "ours").exit()).isNotZero();
  }

  @Test
  void creationFieldsFeedTheForm() {
    Path poll = cli.bundle("poll");
    done(cli.create(poll, "lunch", "title=Lunch?", "option=Soup", "option=Salad"));
    assertThat(done(cli.run("app", "view", "lunch")).out())
        .contains("Lunch?", "Soup", "Salad", "vote");
    done(cli.json("app", "act", "lunch", "vote", "option=Soup"));
    assertThat(cli.json("app", "act", "lunch", "vote", "option=Pizza").exit()).isEqualTo(2);
    Ended titleless = cli.create(poll, "dinner", "option=Soup", "option=Salad");
    assertThat(titleless.exit()).isEqualTo(2);
    assertThat(titleless.err()).contains("title");
  }

  @Test
  void aRunningPeerAnswersTheSame() throws Exception {
    Path bundle = cli.bundle("counter");
    done(cli.create(bundle, "ours"));
    done(cli.json("app", "act", "ours", "add", "amount=3"));
    List<String[]> asked =
        List.of(
            new String[] {"id"},
            new String[] {"app", "list"},
            new String[] {"app", "view", "ours"},
            new String[] {"app", "log", "ours"},
            new String[] {"app", "invite", "ours"},
            new String[] {"app", "act", "ours", "nothing"},
            new String[] {"app", "act", "ours", "add", "amount=0"},
            new String[] {"app", "view", "theirs"});
    List<Ended> alone = asked.stream().map(cli::json).toList();
    List<Ended> aloneInText = asked.stream().map(cli::run).toList();
    byte[] built = Files.readAllBytes(bundle);
    try (Peer peer = Peer.open(PeerOptions.in(cli.data()));
        ControlServer control = ControlServer.open(peer)) {
      for (int i = 0; i < asked.size(); i++) {
        assertThat(cli.json(asked.get(i))).as("%s", control).isEqualTo(alone.get(i));
        assertThat(cli.run(asked.get(i))).as("%s", control).isEqualTo(aloneInText.get(i));
      }
      assertThat(cli.bundle("counter")).hasBinaryContent(built);
      Path poll = cli.bundle("poll");
      Ended refused = cli.json("app", "create", poll.toString(), "title=x", "option=y", "option=z");
      assertThat(refused.exit()).as("%s", refused).isEqualTo(3);
      assertThat(refused.err()).contains(Cli.id(poll), "This app asks to:");
      assertThat(names(done(cli.create(bundle, "second")).json()))
          .containsExactly("instance", "bundle", "name", "invite", "events", "digest");
      Ended acted = done(cli.json("app", "act", "second", "add"));
      assertThat(names(acted.json())).containsExactly("instance", "event", "position", "verdict");
      Ended left = done(cli.json("app", "leave", "ours"));
      assertThat(names(left.json())).containsExactly("instances");
      assertThat(left.json().get("instances")).hasSize(1);
    }
    assertThat(done(cli.json("app", "list")).json().get("instances")).hasSize(1);
  }

  /** Walks through the help of a command and of those that it lists, and returns all of them. */
  private static List<String> helped(String command) {
    List<String> found = new ArrayList<>(List.of(command));
    Ended help = done(Cli.bare((command + " --help").strip().split(" ")));
    assertThat(help.out())
        .as(command)
        .containsPattern("Example: .*myrhiza ")
        .contains("Usage: myrhiza");
    assertThat(help.err()).as(command).isEmpty();
    help.out()
        .lines()
        .dropWhile(line -> !line.equals("Commands:"))
        .skip(1)
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> line.matches("  [a-z].*"))
        .map(line -> (command + " " + line.strip().split(" ", -1)[0]).strip())
        .forEach(each -> found.addAll(helped(each)));
    return found;
  }

  @Test
  void everyCommandHelpsWithAnExample() {
    assertThat(helped(""))
        .containsExactly(
            "",
            "id",
            "bundle",
            "bundle build",
            "bundle inspect",
            "app",
            "app create",
            "app join",
            "app list",
            "app leave",
            "app view",
            "app act",
            "app log",
            "app invite",
            "app admit",
            "app fence",
            "peer",
            "peer run",
            "relay",
            "demo",
            "sim",
            "wasm",
            "wasm inspect",
            "wasm validate",
            "wasm run",
            "wasm meter",
            "wasm compose",
            "wasm wast",
            "completion");
  }

  @Test
  void textAnswersSayTheSame() {
    Ended created = done(cli.create(cli.bundle("counter"), "ours"));
    assertThat(done(cli.run("app", "list")).out())
        .startsWith(created.text("instance") + "  ours  ");
    assertThat(done(cli.run("app", "act", "ours", "add", "amount=2")).out())
        .matches("myevent1[0-9a-z]+ at position 1, accepted\n");
    assertThat(done(cli.run("app", "log", "ours")).out().lines())
        .hasSize(2)
        .allMatch(line -> line.matches("myevent1.* depth [12] .*accepted"));
    assertThat(done(cli.run("app", "invite", "ours")).out()).matches("myinvite1[0-9a-z]+\n");
    assertThat(done(cli.run("app", "leave", "ours")).out()).isEqualTo("no instances\n");
  }

  @Test
  void completionKnowsTheCommands() {
    assertThat(done(Cli.bare("completion")).out()).contains("invite", "--trust", "complete");
  }
}
