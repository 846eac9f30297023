// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.sim.FaultKind;

/** Makes scenarios from seeds. */
public final class Scenarios {
  /** Mean time between two actions of all users. */
  private static final int PACE_MILLIS = 250;

  /** A scenario lasts at least so long, so that each fault has time to strike. */
  private static final int LEAST_MILLIS = 6_000;

  /** One more fault of each kind for so many peers. */
  private static final int PEERS_A_FAULT = 12;

  /** Most faults of a kind that strike every peer, since each costs as much as there are peers. */
  private static final int MOST_AGAINST_ALL = 6;

  /** Until then an action has certainly been signed and stored when nothing is slow. */
  private static final int SIGNING_MILLIS = 8;

  private static final int SHORTEST_MILLIS = 2_000;
  private static final int LONGEST_MILLIS = 8_000;
  private static final int HOUR_MILLIS = 3_600_000;

  private final Seeded random;
  private final int peers;
  private final int lastsMillis;
  private final List<Operation> operations = new ArrayList<>();

  private Scenarios(Seeded random, int peers, int lastsMillis) {
    this.random = random;
    this.peers = peers;
    this.lastsMillis = lastsMillis;
  }

  /**
   * How large a scenario is.
   *
   * @param peers peers, 1 or more
   * @param events actions of users, 0 or more
   */
  public record Size(int peers, int events) {}

  /**
   * Makes a scenario; the same arguments give the same one.
   *
   * @param seed decides everything
   * @param play the app
   * @param size how large
   * @param faults what goes wrong, each of them at least once
   */
  public static Scenario make(long seed, Play play, Size size, Collection<FaultKind> faults) {
    int lasts = Math.max(LEAST_MILLIS, size.events() * PACE_MILLIS);
    Seeded random = new Seeded(seed);
    Scenarios acts = new Scenarios(random.fork("acts"), size.peers(), lasts);
    acts.act(play, size.events());
    List<Operation> all = new ArrayList<>(acts.operations);
    for (FaultKind kind : FaultKind.values()) {
      if (faults.contains(kind)) {
        Scenarios troubles = new Scenarios(random.fork(kind.word()), size.peers(), lasts);
        troubles.trouble(kind, acts.operations);
        all.addAll(troubles.operations);
      }
    }
    all.sort(Comparator.comparingLong(Operation::atMillis));
    return new Scenario(seed, play, size.peers(), all);
  }

  private void act(Play play, int events) {
    int ends = play == Play.POLL ? events * 3 / 4 : -1;
    for (int i = 0; i < events; i++) {
      long at = random.nextInt(lastsMillis);
      int peer = random.nextInt(peers);
      String action = play.action(random, peer == 0);
      Operation act = new Operation.Act(at, peer, action, play.value(random, action));
      long endAt = (long) lastsMillis * ends / Math.max(1, events);
      operations.add(i == ends ? new Operation.Act(endAt, 0, Play.END, "") : act);
    }
  }

  private void trouble(FaultKind kind, List<Operation> acts) {
    int drawn = 1 + random.nextInt(1 + peers / PEERS_A_FAULT);
    int times = strikesAll(kind) ? Math.min(drawn, MOST_AGAINST_ALL) : drawn;
    for (int i = 0; i < times; i++) {
      operations.add(trouble(kind, i));
      boolean atActs =
          kind == FaultKind.CRASH || kind == FaultKind.TORN_WRITE || kind == FaultKind.LYING_DISK;
      if (atActs && !acts.isEmpty()) {
        operations.add(duringAct(kind, random.pick(acts)));
      }
    }
  }

  /** Whether one fault of a kind is a member that disturbs every peer. */
  private static boolean strikesAll(FaultKind kind) {
    return switch (kind) {
      case FORK, FLOOD, WITHHOLD, LIE -> true;
      default -> false;
    };
  }

  /** A peer ends just while what its user did is signed, stored and acknowledged. */
  private Operation duringAct(FaultKind kind, Operation act) {
    long at = act.atMillis() + (kind == FaultKind.CRASH ? random.nextInt(SIGNING_MILLIS) : 0);
    int strength = random.nextInt(2);
    int lasts = kind == FaultKind.LYING_DISK ? random.between(SIGNING_MILLIS, SHORTEST_MILLIS) : 0;
    return new Operation.Trouble(at, kind, Scenario.peerOf(act), strength, lasts);
  }

  private Operation trouble(FaultKind kind, int number) {
    return switch (kind) {
      case DELAY -> lasting(kind, random.between(100, 2_000));
      case LOSS, DUPLICATE, REORDER -> lasting(kind, random.between(100, 400));
      case PARTITION -> partition();
      case CRASH, MIXED_ENGINES -> instant(kind, 0);
      case TORN_WRITE -> instant(kind, random.nextInt(2));
      case FULL_DISK, LYING_DISK -> lasting(kind, 0);
      case CLOCK -> instant(kind, random.between(-HOUR_MILLIS, HOUR_MILLIS));
      case CHURN -> number == 0 ? comesLate() : lasting(kind, Churn.LEAVES);
      case FORK -> lasting(kind, number % Forks.WAYS);
      case FLOOD -> lasting(kind, 0);
      case LIE -> lasting(kind, random.nextInt(Lies.WAYS));
      case WITHHOLD -> lasting(kind, random.nextInt(2));
    };
  }

  private Operation instant(FaultKind kind, int strength) {
    return new Operation.Trouble(at(), kind, random.nextInt(peers), strength, 0);
  }

  private Operation lasting(FaultKind kind, int strength) {
    int lasts = random.between(SHORTEST_MILLIS, LONGEST_MILLIS);
    return new Operation.Trouble(at(), kind, random.nextInt(peers), strength, lasts);
  }

  /** Somewhere in the first three quarters, so that users still act afterwards. */
  private long at() {
    return random.nextInt(lastsMillis * 3 / 4);
  }

  private Operation partition() {
    int first = random.nextInt(Math.max(1, peers - 1));
    int group = 1 + random.nextInt(Math.max(1, peers - 1 - first));
    int lasts = random.between(SHORTEST_MILLIS, LONGEST_MILLIS);
    return new Operation.Trouble(at(), FaultKind.PARTITION, first, group, lasts);
  }

  /** The founder is always there from the beginning. */
  private Operation comesLate() {
    int peer = peers == 1 ? 0 : random.between(1, peers - 1);
    return new Operation.Trouble(at(), FaultKind.CHURN, peer, Churn.COMES_LATE, 0);
  }
}
