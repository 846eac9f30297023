// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.testkit.files.Folders;

/** Data folders that were copied or restored, with the real store and the real key file. */
class CopiedFolderTest {
  private static final String LINE =
      "warning: this data folder was copied or restored; from now on it writes as a new device";

  @TempDir private Path temporary;
  private Cli cli = new Cli(Path.of("."));

  @BeforeEach
  void writeSomething() {
    cli = new Cli(temporary.resolve("data"));
    assertThat(cli.create(cli.bundle("counter"), "ours").exit()).isZero();
    assertThat(add(cli)).isEmpty();
  }

  /** Adds one, which must work, and returns what was said on standard error. */
  private static String add(Cli cli) {
    Cli.Ended ended = cli.json("app", "act", "ours", "add", "amount=1");
    assertThat(ended.exit()).as("%s", ended).isZero();
    return ended.err().strip();
  }

  /** The chain keys of all events, in order of their first. */
  private static Set<String> signers(Cli cli) {
    Set<String> signers = new LinkedHashSet<>();
    String log = cli.json("app", "log", "ours").out();
    log.lines().map(Cli::read).forEach(row -> collect(row, signers));
    return signers;
  }

  private static void collect(JsonNode node, Set<String> signers) {
    node.findValuesAsText("signer").forEach(signers::add);
  }

  @Test
  void aCopyWritesAsANewDevice_andSaysSoOnce() throws Exception {
    Cli copy = new Cli(temporary.resolve("copy"));
    Folders.copy(cli.data(), copy.data());
    assertThat(add(copy)).isEqualTo(LINE);
    assertThat(add(copy)).isEmpty();
    assertThat(signers(copy)).hasSize(2);
    assertThat(add(cli)).as("the original goes on").isEmpty();
    assertThat(signers(cli)).hasSize(1);
  }

  @Test
  void aStoreRestoredBesideNewerKeys_writesAsANewDevice() throws Exception {
    Path backup = temporary.resolve("backup");
    Folders.copy(cli.data().resolve("store"), backup);
    assertThat(add(cli)).isEmpty();
    Folders.delete(cli.data().resolve("store"));
    Folders.copy(backup, cli.data().resolve("store"));
    assertThat(add(cli)).isEqualTo(LINE);
    assertThat(add(cli)).isEmpty();
    assertThat(signers(cli)).hasSize(2);
  }

  @Test
  void aFolderThatWasMoved_goesOn() throws Exception {
    Cli moved = new Cli(temporary.resolve("moved"));
    Files.move(cli.data(), moved.data());
    assertThat(add(moved)).isEmpty();
    assertThat(signers(moved)).hasSize(1);
  }

  @Test
  void aStoreThatCannotTellWhatItConfirmed_costsAKeyAndNothingElse() throws Exception {
    Files.delete(cli.data().resolve("store/confirmed"));
    assertThat(add(cli)).isEqualTo(LINE);
    assertThat(add(cli)).isEmpty();
    assertThat(signers(cli)).hasSize(2);
  }

  @Test
  void aMarkFileThatIsGoneOrDamaged_costsAKeyAndNothingElse() throws Exception {
    Path mark = cli.data().resolve("mark");
    Files.delete(mark);
    assertThat(add(cli)).isEqualTo(LINE);
    Files.write(mark, new byte[] {1, 2, 3});
    assertThat(add(cli)).isEqualTo(LINE);
    assertThat(add(cli)).isEmpty();
    assertThat(signers(cli)).hasSize(3);
  }
}
