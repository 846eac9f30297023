// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.cli.Cli;
import org.myrhiza.cli.Cli.Ended;
import org.myrhiza.jvm.control.ControlClient;
import org.myrhiza.jvm.peer.ConsentAsker;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.process.Child;
import org.myrhiza.view.Field;

/** A peer that is killed while it works loses nothing of what it acknowledged. */
@Tag("slow")
class KilledPeerTest {
  private static final int KILLS = 8;
  private static final int MANY_KILLS = 40;
  private static final int CLIENTS = 2;
  private static final int MOST_ACKNOWLEDGED = 12;
  private static final long MOST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long SEED = 20_261_123;

  @TempDir private Path folder;

  private final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();

  /** Acts over the control socket until the peer is gone. */
  private void act(Path data, CountDownLatch enough) {
    try (ControlClient client = ControlClient.connect(data).orElseThrow()) {
      Command add = new Command.Act("ours", "add", List.of(new Field("amount", "1")), 0);
      while (true) {
        if (client.ask(add, ConsentAsker.REFUSE) instanceof Reply.Acted acted) {
          acknowledged.add(acted.event().text());
          enough.countDown();
        }
      }
    } catch (IOException killed) {
      assertThat(killed).isNotNull();
    }
  }

  private void killOnce(Path data, Seeded random) throws InterruptedException {
    try (Child peer = Child.peer(data)) {
      CountDownLatch enough = new CountDownLatch(random.nextInt(MOST_ACKNOWLEDGED));
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(Thread.ofVirtual().start(() -> act(data, enough)));
      }
      assertThat(enough.await(60, TimeUnit.SECONDS)).as("seed %d", SEED).isTrue();
      LockSupport.parkNanos(random.nextInt((int) MOST_WAIT_NANOS));
      peer.kill();
      for (Thread client : clients) {
        client.join();
      }
    }
  }

  private static List<JsonNode> log(Cli cli) {
    List<JsonNode> rows = new ArrayList<>();
    Ended ended = cli.json("app", "log", "ours");
    assertThat(ended.exit()).as("%s", ended).isZero();
    ended.json().required("events").forEach(rows::add);
    return rows;
  }

  @Test
  @Timeout(240)
  void everyAcknowledgedEventSurvivesEveryKill() throws Exception {
    kill(KILLS);
  }

  @Tag("nightly")
  @Test
  @Timeout(900)
  void everyAcknowledgedEventSurvivesManyKills() throws Exception {
    kill(MANY_KILLS);
  }

  private void kill(int kills) throws Exception {
    Cli cli = new Cli(folder.resolve("data"));
    Ended created = cli.create(cli.bundle("counter"), "ours");
    Seeded random = new Seeded(SEED);
    for (int kill = 0; kill < kills; kill++) {
      killOnce(cli.data(), random);
    }
    List<JsonNode> log = log(cli);
    Set<String> kept = new HashSet<>();
    for (JsonNode row : log) {
      kept.add(row.required("event").textValue());
      assertThat(row.required("verdict").textValue()).as("seed %d", SEED).isEqualTo("accepted");
    }
    assertThat(kept).as("seed %d", SEED).containsAll(acknowledged);
    assertThat(acknowledged).as("seed %d", SEED).isNotEmpty().doesNotHaveDuplicates();
    assertThat(cli.run("app", "view", "ours").out()).contains("Value: " + (log.size() - 1) + "\n");
    assertThat(created.exit()).isZero();
    equalsAReplayFromNothing(cli, log.size());
  }

  /** A fresh peer that fetches the log and replays it comes to the same digest. */
  private void equalsAReplayFromNothing(Cli cli, int events) throws InterruptedException {
    Cli fresh = new Cli(folder.resolve("fresh"));
    try (Child peer = Child.peer(cli.data(), "--listen", "127.0.0.1:0")) {
      String invite = cli.json("app", "invite", "ours").text("invite");
      String bundle = Meeting.only(cli).required("bundle").textValue();
      Ended joined = fresh.json("app", "join", invite, "--trust", bundle);
      assertThat(joined.exit()).as("%s", joined).isZero();
      assertThat(joined.json().required("events").intValue()).isEqualTo(events);
      assertThat(joined.text("digest")).isEqualTo(Meeting.only(cli).required("digest").textValue());
      assertThat(peer.stop()).isZero();
    }
  }
}
