// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.EventId;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.LogRow;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Limits;
import org.myrhiza.kernel.Reply;
import org.myrhiza.testkit.sim.FaultKind;
import org.myrhiza.testkit.sim.SimPeer;

/** Says what is wrong with a run: the one place that knows what it means to have converged. */
final class Judge {
  /** Simulated time in which peers must agree once nothing goes wrong any more. */
  static final long BOUND_MILLIS = 180_000;

  /** How the line begins that tells of a link that was closed because of bad input. */
  private static final String CLOSED = "closed the link to ";

  private static final long EVERY_MILLIS = 1_000;

  /**
   * So long events that wait for others count as something to come. What a forked key wrote may
   * wait for ever: for an event that nobody holds any more.
   */
  private static final long PENDING_MILLIS = 20_000;

  private final Stage stage;
  private final OwnKeys keys;
  private final List<Report.Problem> problems = new ArrayList<>();

  Judge(Stage stage) {
    this.stage = stage;
    keys = new OwnKeys(stage);
  }

  /**
   * Waits until all agree, or for the bound, and judges what there is then. Comparing takes time,
   * in which a peer may propose again what a former key of its lost: then it is done once more.
   * Before that, whoever has a new key shows that it can write under it.
   */
  Report judge() {
    long waited = await(0);
    List<String> unable = List.of();
    if (waited < BOUND_MILLIS) {
      unable = keys.act();
      waited = await(0);
    }
    Bytes digest = Bytes.EMPTY;
    if (!stage.isDone()) {
      diverged("a peer is not there or has not joined after " + BOUND_MILLIS + " ms");
    } else {
      List<Long> before = counts();
      digest = compare();
      while (!problems.isEmpty() && waited < BOUND_MILLIS && !counts().equals(before)) {
        problems.clear();
        waited = await(waited + EVERY_MILLIS);
        before = counts();
        digest = compare();
      }
    }
    unable.forEach(text -> add(Report.Kind.NOT_RENEWED, text));
    for (FaultKind kind : stage.scenario().faults()) {
      if (stage.world().injected().count(kind) == 0) {
        add(Report.Kind.NOT_INJECTED, kind.word() + " was asked for and never happened");
      }
    }
    return report(digest);
  }

  /** Waits until all agree, or for the bound; returns how long was waited in all. */
  private long await(long before) {
    long waited = before;
    while (waited < BOUND_MILLIS
        && !(stage.isDone() && agree(waited < PENDING_MILLIS) && isSettled())) {
      stage.world().run(EVERY_MILLIS);
      waited += EVERY_MILLIS;
    }
    return waited;
  }

  /** How many events each peer holds. */
  private List<Long> counts() {
    List<Long> counts = new ArrayList<>();
    for (SimPeer peer : stage.world().peers()) {
      InstanceStatus status = status(peer);
      counts.add(status == null ? 0 : status.counts().events());
    }
    return counts;
  }

  /** The report of a run that a peer broke. */
  Report broke(RuntimeException thrown) {
    add(Report.Kind.BROKE, thrown.toString());
    return report(Bytes.EMPTY);
  }

  private Report report(Bytes digest) {
    return new Report(
        problems,
        stage.world().steps(),
        stage.world().injected(),
        digest,
        stage.world().traceHash(),
        new Report.Links(stage.world().directLinks(), (int) closed()));
  }

  private long closed() {
    return stage.world().peers().stream()
        .flatMap(peer -> peer.warnings().stream())
        .filter(line -> line.startsWith(CLOSED))
        .count();
  }

  private void add(Report.Kind kind, String text) {
    problems.add(new Report.Problem(kind, text));
  }

  private void diverged(String text) {
    add(Report.Kind.DIVERGED, text);
  }

  private @Nullable InstanceStatus status(SimPeer peer) {
    List<InstanceStatus> all = stage.script().list(peer);
    return all.isEmpty() ? null : all.get(0);
  }

  /**
   * Whether peers may have come to agree: a quick look.
   *
   * @param complete whether no event may wait for others
   */
  private boolean agree(boolean complete) {
    InstanceStatus first = null;
    for (SimPeer peer : stage.world().peers()) {
      InstanceStatus status = status(peer);
      if (status == null || (complete && status.counts().pending() != 0)) {
        return false;
      }
      first = first == null ? status : first;
      if (!status.digest().equals(first.digest())
          || status.counts().events() != first.counts().events()) {
        return false;
      }
    }
    return true;
  }

  /** Compares what the peers hold, event by event, and returns the first one's digest. */
  private Bytes compare() {
    List<SimPeer> peers = stage.world().peers();
    SimPeer first = peers.get(0);
    Map<EventId, LogRow> events = events(first);
    Bytes digest = digest(first);
    for (SimPeer peer : peers) {
      Set<EventId> there = events(peer).keySet();
      findForks(peer, events.values());
      if (!there.equals(events.keySet())) {
        diverged(
            "peer " + peer.index() + " holds " + there.size() + " events, peer 0 " + events.size());
      } else if (!digest(peer).equals(digest)) {
        diverged("peer " + peer.index() + " has another digest than peer 0 for the same events");
      }
      List<EventId> lost = stage.acknowledged().missing(there, keys.mayFork());
      if (!lost.isEmpty()) {
        add(
            Report.Kind.LOST,
            "peer "
                + peer.index()
                + " lacks "
                + lost.size()
                + " acknowledged events, first "
                + lost.get(0).text());
      }
    }
    keys.judge(events.values()).forEach(text -> add(Report.Kind.NOT_RENEWED, text));
    return digest;
  }

  /** Whether forked keys were given up and what they lost was done again. */
  private boolean isSettled() {
    List<SimPeer> mayFork = keys.mayFork();
    if (mayFork.isEmpty()) {
      return true;
    }
    Map<EventId, LogRow> rows = events(stage.world().peers().get(0));
    return stage.acknowledged().missing(rows.keySet(), mayFork).isEmpty()
        && keys.judge(rows.values()).isEmpty();
  }

  private Bytes digest(SimPeer peer) {
    InstanceStatus status = status(peer);
    return status == null ? Bytes.EMPTY : status.digest();
  }

  /** A key may have signed two events with one number only where {@link OwnKeys#mayFork}. */
  private void findForks(SimPeer peer, Collection<LogRow> rows) {
    TreeSet<String> seqs = new TreeSet<>();
    for (LogRow row : rows) {
      if (peer.signers().contains(row.signer())
          && !seqs.add(row.signer() + " " + row.seq())
          && !keys.mayFork().contains(peer)) {
        add(Report.Kind.FORKED, "peer " + peer.index() + " signed number " + row.seq() + " twice");
      }
    }
  }

  private Map<EventId, LogRow> events(SimPeer peer) {
    Map<EventId, LogRow> events = new TreeMap<>();
    boolean more = true;
    while (more) {
      Reply reply =
          stage
              .script()
              .ask(peer, new Command.AppLog(stage.instance(), events.size(), Limits.LOG_ROWS));
      more = reply instanceof Reply.Logged logged && logged.more();
      if (reply instanceof Reply.Logged logged) {
        for (LogRow row : logged.rows()) {
          events.put(row.event(), row);
        }
      }
    }
    return events;
  }
}
