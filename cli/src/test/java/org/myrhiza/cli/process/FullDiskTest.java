// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.cli.Cli;
import org.myrhiza.cli.Cli.Ended;
import org.myrhiza.testkit.process.Child;
import org.myrhiza.testkit.process.Launch;

/**
 * A peer whose disk is full: a file system of its own, in memory, of a few megabytes, which only
 * that process sees. What it acknowledges is there, and with space it goes on.
 */
@Tag("slow")
@Timeout(120)
class FullDiskTest {
  private static final String MOUNT = "mount -t tmpfs -o size=6m none \"$0\" && exec \"$@\"";
  private static final String MAY_NOT =
      "This user may not mount a file system of its own (unshare --mount, mount -t tmpfs).";
  private static final int NO_ANSWER = 5;
  private static final int ROUNDS = 1;
  private static final int MOST_ACTS = 400;

  @TempDir private Path folder;

  private Path disk() {
    return folder.resolve("disk");
  }

  /** The peer's disk as this process reaches it. */
  private Path seen(Child peer) {
    return Path.of("/proc/" + peer.pid() + "/root" + disk());
  }

  private Child start() throws IOException, InterruptedException {
    Files.createDirectories(disk());
    List<String> alone = List.of("unshare", "--mount", "sh", "-c");
    List<String> trial = new ArrayList<>(alone);
    trial.addAll(List.of(MOUNT, disk().toString(), "true"));
    int may = new ProcessBuilder(trial).start().waitFor();
    if (may != 0) {
      System.err.println("NOT TESTED: a full disk. " + MAY_NOT);
      Assumptions.abort(MAY_NOT);
    }
    List<String> program = new ArrayList<>(alone);
    program.addAll(List.of(MOUNT, disk().toString()));
    Child peer =
        Launch.of("peer", "run", "--json", "--data", disk().resolve("d").toString())
            .startBy(program.toArray(String[]::new));
    assertThat(peer.line()).contains("\"ready\"");
    return peer;
  }

  /** Writes until nothing more fits. */
  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] block = new byte[1 << 12];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("space");
    }
  }

  private static Ended add(Cli cli, String timeout) {
    return cli.json("app", "act", "ours", "add", "amount=1", "--timeout", timeout);
  }

  private static Set<String> log(Cli cli) {
    Set<String> events = new HashSet<>();
    for (JsonNode row : cli.json("app", "log", "ours").json().required("events")) {
      events.add(row.required("event").textValue());
    }
    return events;
  }

  @Test
  void nothingAcknowledgedIsLost_andItGoesOnWithSpace() throws Exception {
    Set<String> acknowledged = new HashSet<>();
    try (Child peer = start()) {
      Cli cli = new Cli(seen(peer).resolve("d"));
      Path bundle = new Cli(folder.resolve("elsewhere")).bundle("counter");
      Ended created = cli.create(bundle, "ours");
      assertThat(created.exit()).as("%s", created).isZero();
      for (int round = 0; round < ROUNDS; round++) {
        Path ballast = seen(peer).resolve("ballast");
        fill(ballast);
        Ended ended = add(cli, "2");
        for (int i = 0; i < MOST_ACTS && ended.exit() == 0; i++) {
          acknowledged.add(ended.text("event"));
          ended = add(cli, "2");
        }
        assertThat(ended.exit()).as("%s", ended).isEqualTo(NO_ANSWER);
        assertThat(peer.told("the store could not write"))
            .contains("the store could not write and will be tried again: ")
            .containsIgnoringCase("space");
        Files.delete(ballast);
        Ended again = add(cli, "40");
        assertThat(again.exit()).as("%s", again).isZero();
        assertThat(peer.told("the store writes again")).isNotEmpty();
        acknowledged.add(again.text("event"));
        assertThat(log(cli)).containsAll(acknowledged);
      }
      assertThat(peer.stop()).isZero();
    }
  }
}
