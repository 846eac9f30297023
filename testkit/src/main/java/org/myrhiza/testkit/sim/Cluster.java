// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.EventId;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.LogRow;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.view.Field;

/** One instance on several peers that act at random moments under faults, and then settle. */
public final class Cluster {
  private static final long LONG_MILLIS = 600_000;
  private static final int PAUSE_MILLIS = 2_000;

  private final Simulation world;
  private final Script script;
  private final Seeded random;
  private final TreeSet<EventId> acknowledged = new TreeSet<>();
  private String instance = "";
  private String invite = "";
  private int answered;

  /** A cluster in a simulation without peers. */
  public Cluster(Simulation world) {
    this.world = world;
    script = new Script(world);
    random = new Seeded(world.seed()).fork("cluster");
  }

  /** The simulation. */
  public Simulation world() {
    return world;
  }

  /** The invitation by which the others joined. */
  public String invite() {
    return invite;
  }

  /** Something that a user might do. */
  public record Wish(String action, List<Field> fields) {
    /** Copies the list. */
    public Wish {
      fields = List.copyOf(fields);
    }

    /** An action with fields. */
    public Wish(String action, Field... fields) {
      this(action, List.of(fields));
    }
  }

  /**
   * How it ended.
   *
   * @param converged whether all have the same events and digest
   * @param events events of the first peer
   * @param digest digest of the first peer
   * @param lost events that were acknowledged and that some peer lacks
   * @param crashes crashes of all peers
   * @param rollbacks rollbacks of all peers since their last start
   */
  public record Verdict(
      boolean converged, long events, Bytes digest, int lost, int crashes, long rollbacks) {}

  /**
   * Creates an instance on the first of some peers, and lets the others join; nothing fails yet.
   */
  public void open(Bytes bundleFile, int peers, Field... fields) {
    Faults later = world.faults();
    world.faults(Faults.NONE);
    for (int i = 0; i < peers; i++) {
      world.addPeer();
    }
    Reply.Opened opened = script.create(world.peers().get(0), bundleFile, fields);
    instance = opened.status().instance().text();
    invite = opened.invite();
    for (SimPeer peer : world.peers().subList(1, peers)) {
      script.join(peer, opened.invite());
    }
    world.faults(later);
  }

  /** Lets every peer do things at random moments. */
  public void act(int each, Function<Seeded, Wish> wishes) {
    for (int i = 0; i < each; i++) {
      for (SimPeer peer : world.peers()) {
        Wish wish = wishes.apply(random);
        peer.ask(new Command.Act(instance, wish.action(), wish.fields(), 0), this::answered);
        world.run(random.nextInt(PAUSE_MILLIS) / world.peers().size());
      }
    }
  }

  private void answered(Reply reply) {
    answered++;
    if (reply instanceof Reply.Acted acted) {
      acknowledged.add(acted.event());
    }
  }

  /** Ends all faults and waits until everyone agrees, or for ten minutes. */
  public Verdict settle() {
    world.faults(Faults.NONE);
    for (int i = 0; i < LONG_MILLIS / PAUSE_MILLIS; i++) {
      world.run(PAUSE_MILLIS);
      if (world.peers().stream().allMatch(SimPeer::isUp) && agree(statuses())) {
        break;
      }
    }
    List<InstanceStatus> statuses = statuses();
    InstanceStatus first = statuses.get(0);
    int crashes = world.peers().stream().mapToInt(SimPeer::crashes).sum();
    long rollbacks = statuses.stream().mapToLong(status -> status.counts().rollbacks()).sum();
    return new Verdict(
        agree(statuses), first.counts().events(), first.digest(), lost(), crashes, rollbacks);
  }

  private List<InstanceStatus> statuses() {
    List<InstanceStatus> statuses = new ArrayList<>();
    for (SimPeer peer : world.peers()) {
      statuses.addAll(script.list(peer));
    }
    return statuses;
  }

  private static boolean agree(List<InstanceStatus> statuses) {
    InstanceStatus first = statuses.get(0);
    return statuses.stream()
        .allMatch(status ->
            status.digest().equals(first.digest())
                && status.counts().events() == first.counts().events()
                && status.counts().pending() == 0);
  }

  private int lost() {
    int lost = 0;
    for (SimPeer peer : world.peers()) {
      TreeSet<EventId> there = new TreeSet<>();
      for (LogRow row : script.log(peer, instance).rows()) {
        there.add(row.event());
      }
      for (EventId id : acknowledged) {
        lost += there.contains(id) ? 0 : 1;
      }
    }
    return lost;
  }

  /** Events that were acknowledged to users so far. */
  public int acknowledged() {
    return acknowledged.size();
  }

  /** Commands that were answered so far, with whatever answer. */
  public int answered() {
    return answered;
  }
}
