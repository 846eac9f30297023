// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.cli.Cli.Ended;
import org.myrhiza.testkit.files.Folders;

/**
 * Files of a data folder that are gone or cut: what a command answers is all that was acknowledged,
 * or that it is damaged, with exit code 6, each time anew.
 */
class FolderFaultsTest {
  private static final int DAMAGED = 6;
  private static final int LAST_BATCH_BYTES = 20;
  private static final String LINE =
      "warning: this data folder was copied or restored; from now on it writes as a new device";

  @TempDir private Path temporary;
  private Cli cli = new Cli(Path.of("."));
  private String id = "";

  @BeforeEach
  void writeSomething() throws IOException {
    Cli original = new Cli(temporary.resolve("data"));
    assertThat(original.create(original.bundle("counter"), "ours").exit()).isZero();
    for (int i = 0; i < 3; i++) {
      assertThat(add(original).exit()).isZero();
    }
    id = original.json("id").out();
    cli = original;
  }

  private static Ended add(Cli cli) {
    return cli.json("app", "act", "ours", "add", "amount=1");
  }

  /** Copies the folder as it is now into the place of another, so that each fault has its own. */
  private Cli struck(Fault fault) throws IOException {
    Cli copy = new Cli(temporary.resolve("copy"));
    Folders.delete(copy.data());
    Folders.copy(cli.data(), copy.data());
    fault.strike(copy.data());
    return copy;
  }

  private interface Fault {
    void strike(Path data) throws IOException;
  }

  private static void isWhole(Cli struck, String what) {
    for (int i = 0; i < 2; i++) {
      Ended view = struck.run("app", "view", "ours");
      assertThat(view.out()).as("%s: %s", what, view).contains("Value: 3\n");
    }
  }

  private static Ended isTold(Cli struck, String what) {
    Ended last = struck.json("app", "list");
    for (int i = 0; i < 2; i++) {
      last = struck.json("app", "list");
      assertThat(last.exit()).as("%s: %s", what, last).isEqualTo(DAMAGED);
      assertThat(last.error()).as("%s: %s", what, last).isEqualTo("damaged");
      assertThat(last.json().at("/error/hint").textValue()).as(what).isNotEmpty();
    }
    return last;
  }

  private static Path newest(Path data, String ending) throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("store"))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().getLast();
    }
  }

  private List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.walk(cli.data())) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> names.add(cli.data().relativize(file).toString()));
    }
    return names;
  }

  private static boolean isNeeded(String name) {
    return name.equals("keys")
        || name.endsWith("CURRENT")
        || name.contains("MANIFEST")
        || name.endsWith(".sst")
        || name.endsWith(".log");
  }

  @Test
  void eachFileThatIsRemoved_isTold_orNothingIsMissing() throws Exception {
    int told = 0;
    List<String> names = names();
    assertThat(names).contains("keys", "mark", "owner.lock", "store/CURRENT", "store/confirmed");
    for (String name : names) {
      Cli struck = struck(data -> Files.delete(data.resolve(name)));
      if (isNeeded(name)) {
        isTold(struck, name);
        told++;
      } else {
        isWhole(struck, name);
      }
    }
    assertThat(told).isGreaterThanOrEqualTo(4);
  }

  @Test
  void aFolderWithoutItsStore_isTold() throws Exception {
    Ended ended = isTold(struck(data -> Folders.delete(data.resolve("store"))), "store");
    assertThat(ended.err()).contains("store is gone");
  }

  @Test
  void keysThatAreGone_areNotMadeAnew() throws Exception {
    Cli struck = struck(data -> Files.delete(data.resolve("keys")));
    Ended ended = struck.json("id");
    assertThat(ended.exit()).as("%s", ended).isEqualTo(DAMAGED);
    assertThat(struck.data().resolve("keys")).doesNotExist();
    Files.copy(cli.data().resolve("keys"), struck.data().resolve("keys"));
    assertThat(struck.json("id").out()).isEqualTo(id);
  }

  /** The hint says how to go on; then its key is not used again. */
  @Test
  void aLogThatWasCut_isTold_andCanBeGivenUpForANewDevice() throws Exception {
    Cli struck =
        struck(data -> {
          try (RandomAccessFile log = new RandomAccessFile(newest(data, ".log").toFile(), "rw")) {
            log.setLength(log.length() - LAST_BATCH_BYTES);
          }
        });
    Ended ended = isTold(struck, "log");
    Path confirmed = struck.data().resolve("store/confirmed");
    assertThat(ended.err()).contains("lacks the last", "remove " + confirmed);
    Files.delete(confirmed);
    Ended added = add(struck);
    assertThat(added.exit()).as("%s", added).isZero();
    assertThat(added.err().strip()).isEqualTo(LINE);
    assertThat(add(struck).err()).isEmpty();
  }
}
