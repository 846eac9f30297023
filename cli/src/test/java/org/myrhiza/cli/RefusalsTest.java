// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.cli.Cli.Ended;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.hash.Blake3;
import org.myrhiza.jvm.store.DataFolder;
import org.myrhiza.jvm.store.RocksStore;
import org.myrhiza.kernel.Write;

/** Everything a command does not do, each with its own exit code. */
class RefusalsTest {
  private static final int WRONG_USE = 2;
  private static final int MISSING = 3;
  private static final int REJECTED = 4;
  private static final int UNREACHED = 5;
  private static final int DAMAGED = 6;

  /** A place in the first bytes that matter, in each kind of file that RocksDB writes. */
  private static final int INSIDE = 10;

  private static final List<String[]> USERS_OF_THE_STORE =
      List.of(
          new String[] {"app", "list"}, new String[] {"app", "view", "ours"}, new String[] {"id"});

  @TempDir private Path folder;
  private Cli cli = new Cli(Path.of("."));

  @BeforeEach
  void chooseData() {
    cli = new Cli(folder.resolve("data"));
  }

  private static void failed(Ended ended, int exit, String type) {
    assertThat(ended.exit()).as("%s", ended).isEqualTo(exit);
    assertThat(ended.error()).as("%s", ended).isEqualTo(type);
    assertThat(ended.json().get("error").fieldNames())
        .toIterable()
        .containsExactly("type", "message", "hint", "at");
    assertThat(ended.err()).contains(ended.json().at("/error/message").textValue());
  }

  @Test
  void wrongUseIsTwo() {
    List<String[]> wrong =
        List.of(
            new String[] {},
            new String[] {"nonsense"},
            new String[] {"app"},
            new String[] {"app", "view"},
            new String[] {"id", "--nonsense"},
            new String[] {"id", "--timeout", "soon"},
            new String[] {"app", "create"},
            new String[] {"app", "create", "pom.xml", "--admission", "some"},
            new String[] {"app", "admit", "ours"},
            new String[] {"app", "admit", "ours", "mypeer1x"},
            new String[] {"app", "act", "name"},
            new String[] {"app", "join", "myinvite1nonsense"},
            new String[] {"app", "join", "hello"},
            new String[] {"peer", "run", "--listen", "nowhere"},
            new String[] {"peer", "run", "--relay", "ftp://example"},
            new String[] {"id", "--timeout", "0"},
            new String[] {"id", "--timeout", "86401"},
            new String[] {"relay", "--name", "nowhere"},
            new String[] {"relay", "--listen", "127.0.0.1:99999"});
    for (String[] words : wrong) {
      Ended ended = cli.json(words);
      failed(ended, WRONG_USE, ended.error());
      assertThat(ended.err()).contains("error: ");
      assertThat(ended.json().at("/error/hint").textValue()).as("%s", ended).isNotEmpty();
    }
  }

  @Test
  void aMistypedInvitationLeavesNoDataFolder() {
    failed(cli.json("app", "join", "myinvite1nonsense"), WRONG_USE, "invitation");
    failed(cli.json("app", "join", "hello", "--trust", "x"), WRONG_USE, "wrong-use");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void whatIsWrongIsNamedWithWhatIsAllowed() {
    assertThat(Cli.bare("nonsense").err())
        .contains("myrhiza has no command \"nonsense\"", "id, bundle, app, peer, relay, demo");
    assertThat(Cli.bare("app", "veiw", "ours").err())
        .contains("myrhiza app has no command \"veiw\"", "create, join, list", "app --help");
    assertThat(Cli.bare("app", "--data", "x").err()).contains("--data stands where a command");
    assertThat(Cli.bare("id", "--timeout", "soon").err()).contains("\"soon\"", "1 to 86400");
    assertThat(Cli.bare("id", "--data", "").err()).contains("--data", "empty");
    assertThat(cli.run("app", "join", "hello").err()).contains("\"hello\"", "myinvite1…");
    assertThat(cli.run("app", "join", "myinvite1xyz").err())
        .contains("the invitation is malformed", "12 characters", "whole invitation", "ask for it")
        .doesNotContain("text id");
    String bundle = cli.bundle("counter").toString();
    assertThat(cli.run("app", "create", bundle, "--trust", "x").err())
        .contains("\"x\"", "mybundle1…");
    assertThat(cli.run("app", "create", bundle, "--name", "n".repeat(200)).err())
        .contains("200 bytes", "at most 128");
    assertThat(cli.run("bundle", "inspect", "none").err()).contains("none", "does not exist");
    assertThat(cli.run("bundle", "build", folder + "/none").err())
        .contains("none/manifest.toml", "does not exist");
    String built = Cli.app("counter").toString();
    assertThat(cli.run("bundle", "build", built, "-o", folder.toString()).err())
        .contains("it is a folder");
    assertThat(cli.run("bundle", "build", built, "-o", folder + "/none/x").err())
        .contains("its folder does not exist");
    assertThat(Cli.bare("id", "--data", bundle).err()).contains(bundle, "in the way");
  }

  @Test
  void anInstanceMustBeNamedClearly() {
    Path bundle = cli.bundle("counter");
    String instance = cli.create(bundle, "ours").text("instance");
    int least = "mytopic1".length() + 6;
    assertThat(cli.json("app", "view", instance.substring(0, least)).exit()).isZero();
    Ended shorter = cli.json("app", "view", instance.substring(0, least - 1));
    failed(shorter, WRONG_USE, "no-instance");
    assertThat(shorter.err()).contains("6 characters");
    assertThat(cli.create(bundle, "ours").text("name")).isEqualTo("ours-2");
    assertThat(cli.json("app", "view", "ours").text("instance")).isEqualTo(instance);
    for (String command : List.of("view", "log", "invite", "leave")) {
      failed(cli.json("app", command, "theirs"), WRONG_USE, "no-instance");
    }
    failed(cli.json("app", "act", "theirs", "add"), WRONG_USE, "no-instance");
    String user = cli.json("id").text("user");
    for (String command : List.of("admit", "fence")) {
      failed(cli.json("app", command, "theirs", user), WRONG_USE, "no-instance");
    }
  }

  @Test
  void withoutJsonStandardOutputStaysEmpty() {
    Ended ended = cli.run("app", "view", "nobody");
    assertThat(ended.exit()).isNotZero();
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("nobody");
  }

  @Test
  void withoutConsentNothingIsLeft() {
    Path bundle = cli.bundle("counter");
    Ended ended = cli.json("app", "create", bundle.toString());
    failed(ended, MISSING, "consent");
    assertThat(ended.err()).contains(Cli.id(bundle)).contains("This app asks to:");
    assertThat(cli.json("app", "list").json().get("instances")).isEmpty();

    String other = Cli.id(cli.bundle("poll"));
    failed(cli.json("app", "create", bundle.toString(), "--trust", other), MISSING, "consent");
    assertThat(cli.json("app", "list").json().get("instances")).isEmpty();
    assertThat(cli.json("app", "create", bundle.toString(), "--trust", "x").exit())
        .isEqualTo(WRONG_USE);
  }

  @Test
  void anActionMustBeThereAndFilled() {
    cli.create(cli.bundle("counter"), "ours");
    assertThat(cli.json("app", "act", "ours", "divide").exit()).isEqualTo(WRONG_USE);
    assertThat(cli.json("app", "act", "ours", "add", "amount=many").exit()).isEqualTo(WRONG_USE);
    assertThat(cli.json("app", "act", "ours", "add", "sum=1").exit()).isEqualTo(WRONG_USE);
    assertThat(cli.json("app", "act", "ours", "add", "amount").exit()).isEqualTo(WRONG_USE);
  }

  @Test
  void whatTheAppRejectsIsFourAndLeavesNoEvent() {
    cli.create(cli.bundle("counter"), "ours");
    Ended ended = cli.json("app", "act", "ours", "add", "amount=0");
    assertThat(ended.exit()).as("%s", ended).isEqualTo(REJECTED);
    cli.json("app", "act", "ours", "add", "amount=9223372036854775807");
    assertThat(cli.json("app", "act", "ours", "add", "amount=1").exit()).isEqualTo(REJECTED);
    assertThat(cli.json("app", "log", "ours").json().get("events")).hasSize(2);
  }

  @Test
  void nobodyThereIsFiveAndLeavesNothing() {
    Ended created = cli.create(cli.bundle("counter"), "ours");
    Cli other = new Cli(folder.resolve("other"));
    Ended joined =
        other.json(
            "app",
            "join",
            created.text("invite"),
            "--trust",
            created.text("bundle"),
            "--timeout",
            "1");
    failed(joined, UNREACHED, "unreachable");
    assertThat(joined.json().at("/error/hint").textValue())
        .contains("the inviting peer must be running");
    assertThat(other.json("app", "list").json().get("instances")).isEmpty();
    assertThat(cli.json("app", "act", "ours", "add", "--wait", "--timeout", "1").exit())
        .isEqualTo(UNREACHED);
  }

  @Test
  void aRefusedBundleIsTold() throws Exception {
    Path bundle = cli.bundle("counter");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[bytes.length - 1] ^= 1;
    Path bad = Files.write(folder.resolve("bad.bundle"), bytes);
    assertThat(cli.json("bundle", "inspect", bad.toString()).exit()).isEqualTo(DAMAGED);
    failed(cli.json("app", "create", bad.toString()), DAMAGED, "bundle");
    failed(cli.json("bundle", "inspect", folder.resolve("none").toString()), 1, "file");
    failed(cli.json("app", "create", folder.resolve("none").toString()), 1, "file");
    failed(cli.json("bundle", "build", folder.toString()), 1, "file");
    Files.writeString(folder.resolve("manifest.toml"), "name = \"x\"\nnonsense = 1\n");
    Ended unknown = cli.json("bundle", "build", folder.toString());
    failed(unknown, 1, "manifest");
    assertThat(unknown.err()).contains("nonsense");
  }

  @Test
  void damagedAndNewerKeysAreSix() throws Exception {
    cli.json("id");
    Path keys = cli.data().resolve("keys");
    byte[] good = Files.readAllBytes(keys);
    byte[] newer = good.clone();
    newer["myrhiza keys".length() + 1] = 9;
    Bytes body = Bytes.copyOf(newer, 0, newer.length - 32);
    Files.write(keys, Bytes.concat(body, Blake3.hash(body)).toArray());
    Ended refused = cli.json("id");
    failed(refused, DAMAGED, "newer-format");
    assertThat(refused.err()).contains("format 9");
    Files.write(keys, new byte[] {1, 2, 3});
    failed(cli.json("id"), DAMAGED, "damaged");
    failed(cli.json("app", "list"), DAMAGED, "damaged");
    assertThat(Files.readAllBytes(keys)).hasSize(3);
  }

  @Test
  void aNewerStoreIsSix() throws Exception {
    cli.json("id");
    try (DataFolder data = DataFolder.own(cli.data());
        RocksStore store = RocksStore.open(data.store())) {
      store.persist(List.of(new Write.Put(Bytes.of(0), Bytes.of(0, 99))));
    }
    for (String[] words : USERS_OF_THE_STORE) {
      Ended refused = cli.json(words);
      failed(refused, DAMAGED, "newer-format");
      assertThat(refused.err()).contains("format 99");
    }
  }

  /** Finds one anew each time, since opening the store writes some of its files anew. */
  private Path fileOfStore(String kind) throws IOException {
    try (Stream<Path> all = Files.list(cli.data().resolve("store"))) {
      return all.filter(file -> file.getFileName().toString().contains(kind))
          .findFirst()
          .orElseThrow(() -> new AssertionError(kind));
    }
  }

  @Test
  void aDamagedStoreIsSix() throws Exception {
    cli.create(cli.bundle("counter"), "ours");
    cli.json("app", "act", "ours", "add", "amount=5");
    for (String kind : List.of("CURRENT", "MANIFEST", ".sst")) {
      Path file = fileOfStore(kind);
      byte[] good = Files.readAllBytes(file);
      byte[] bad = good.clone();
      bad[INSIDE] ^= 1;
      Files.write(file, bad);
      for (String[] words : USERS_OF_THE_STORE) {
        Ended refused = cli.json(words);
        assertThat(refused.exit()).as("%s: %s", file, refused).isEqualTo(DAMAGED);
        failed(refused, DAMAGED, "damaged");
        assertThat(refused.json().at("/error/hint").textValue()).isNotEmpty();
      }
      Files.write(file, good);
    }
    assertThat(cli.run("app", "view", "ours").out()).contains("Value: 5");
  }

  @Test
  void anOwnedFolderWithoutASocketIsBusy() throws Exception {
    try (DataFolder owned = DataFolder.own(cli.data())) {
      failed(new Cli(owned.path()).json("app", "list"), 1, "busy");
    }
  }

  @Test
  void coloursOnlyWhereWanted() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    assertThat(new Terminal(stream, stream, true, false).style(Terminal.Style.RED, "x"))
        .isEqualTo("\u001b[31mx\u001b[0m");
    assertThat(new Terminal(stream, stream, false, false).style(Terminal.Style.RED, "x"))
        .isEqualTo("x");
    assertThat(Terminal.coloursWanted(true, java.util.Map.of())).isTrue();
    assertThat(Terminal.coloursWanted(true, java.util.Map.of("NO_COLOR", "1"))).isFalse();
    assertThat(Terminal.coloursWanted(true, java.util.Map.of("TERM", "dumb"))).isFalse();
    assertThat(Terminal.coloursWanted(false, java.util.Map.of())).isFalse();
  }
}
