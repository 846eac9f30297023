// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.jvm.peer.PeerEars;
import org.myrhiza.kernel.Reply;
import org.myrhiza.relay.server.RelayServer;

/**
 * Live writing: in each round all peers of a chat append one message at the same moment, and the
 * round ends when all of them show the same digest over all events, on disk. So the writers are
 * always concurrent, and each round takes at least one event late on all peers but one.
 */
final class Latency {
  private static final int[] WRITERS = {2, 4, 8};
  private static final int ROUNDS = 1_000;

  /** One round to warm up for so many that are measured. */
  private static final int WARM_UP_SHARE = 3;

  private static final double HIGH = 0.99;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long PATIENCE_SECONDS = 30;
  private static final long GLANCE_MILLIS = 100;
  private static final Figure.Setup SETUP =
      new Figure.Setup(Rig.FSYNC, "Ed25519, each made and verified", "on", Rig.ENGINE);

  private final Rig rig;
  private final int rounds;
  private final int warmUps;
  private final List<NativePeer> peers = new ArrayList<>();
  private final List<Heard> heard = new ArrayList<>();
  private String topic = "";

  private Latency(Rig rig) {
    this.rig = rig;
    rounds = rig.sizes(ROUNDS).getFirst();
    warmUps = 1 + rounds / WARM_UP_SHARE;
  }

  static List<Figure> measure(Rig rig) throws Refused {
    List<Figure> figures = new ArrayList<>();
    for (int writers : WRITERS) {
      rig.say(writers + " writers");
      try (RelayServer relay = rig.relay()) {
        figures.addAll(new Latency(rig).of(writers, relay.webSocketUrl()));
      }
    }
    return figures;
  }

  /** The last status that a peer told. */
  private final class Heard implements PeerEars {
    private volatile String digest = "";
    private volatile long accepted;

    @Override
    public void changed(InstanceStatus status) {
      digest = status.digest().toHex();
      accepted = status.counts().accepted();
      synchronized (heard) {
        heard.notifyAll();
      }
    }

    @Override
    public void warned(String text) {
      rig.say(text);
    }
  }

  private List<Figure> of(int writers, String relay) throws Refused {
    try {
      begin(writers, relay);
      double[] millis = new double[rounds];
      for (int round = -warmUps; round < rounds; round++) {
        double took = round(round);
        millis[Math.max(0, round)] = took;
      }
      return figures(writers, millis);
    } finally {
      peers.forEach(NativePeer::close);
    }
  }

  private void begin(int writers, String relay) throws Refused {
    for (int i = 0; i < writers; i++) {
      Heard ears = new Heard();
      heard.add(ears);
      peers.add(rig.peer(rig.fresh("writer"), List.of(relay), false, ears));
    }
    Reply.Opened opened = peers.getFirst().create(rig.chat());
    topic = opened.status().instance().text();
    for (NativePeer peer : peers.subList(1, writers)) {
      peer.join(opened.invite(), rig.chat());
    }
  }

  private double round(int round) throws Refused {
    long expected = 1 + (long) (round + warmUps + 1) * peers.size();
    long begin = System.nanoTime();
    List<CompletableFuture<Reply>> said = new ArrayList<>();
    for (NativePeer peer : peers) {
      said.add(peer.say(topic, "round " + round));
    }
    awaitEqual(expected);
    double millis = (System.nanoTime() - begin) / NANOS_PER_MILLI;
    for (CompletableFuture<Reply> each : said) {
      NativePeer.accepted(each);
    }
    return millis;
  }

  private void awaitEqual(long accepted) throws Refused {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      synchronized (heard) {
        while (!isEqual(accepted)) {
          if (System.nanoTime() > end) {
            throw new Refused("peers do not come to the same state of " + accepted + " events");
          }
          heard.wait(GLANCE_MILLIS);
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new Refused("interrupted", ended);
    }
  }

  private boolean isEqual(long accepted) {
    String digest = heard.getFirst().digest;
    for (Heard each : heard) {
      if (each.accepted != accepted || !each.digest.equals(digest)) {
        return false;
      }
    }
    return true;
  }

  private List<Figure> figures(int writers, double[] millis) {
    Arrays.sort(millis);
    double high = millis[(int) (rounds * HIGH)];
    String detail =
        String.format(
            Locale.ROOT,
            "%d rounds, in each one message of every writer at the same moment, until all show one"
                + " digest over all of them, on disk; over one relay, all in one process; slowest"
                + " %.1f",
            rounds,
            millis[rounds - 1]);
    String name = "live, " + writers + " writers, append to equal state on all, ";
    return List.of(
        new Figure(name + "median", millis[rounds / 2], "ms", SETUP, detail),
        new Figure(name + "99th percentile", high, "ms", SETUP, detail));
  }
}
