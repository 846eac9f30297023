// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import org.myrhiza.testkit.sim.FaultKind;
import org.myrhiza.testkit.sim.SimPeer;

/** Makes what goes wrong go wrong: the one place that knows how each kind of fault is injected. */
final class Troubles {
  private static final long LIE_MILLIS = 100;

  private final Stage stage;

  Troubles(Stage stage) {
    this.stage = stage;
  }

  /** Begins a fault, and plans its end. */
  void begin(Operation.Trouble trouble) {
    switch (trouble.kind()) {
      case DELAY, LOSS, DUPLICATE, REORDER, PARTITION ->
          stage
              .world()
              .weather()
              .begin(trouble.kind(), trouble.peer(), trouble.strength(), trouble.forMillis());
      case FLOOD -> new Flood(stage).begin(trouble);
      case WITHHOLD -> new Withholding(stage).begin(trouble);
      case LIE -> new Lies(stage).begin(trouble);
      case CHURN -> churn(trouble);
      case FORK -> fork(trouble);
      case CRASH, TORN_WRITE, FULL_DISK, LYING_DISK, CLOCK, MIXED_ENGINES ->
          stage.up(trouble.peer()).ifPresent(peer -> strike(peer, trouble));
    }
  }

  private void count(FaultKind kind) {
    stage.world().injected().add(kind);
  }

  private void strike(SimPeer peer, Operation.Trouble trouble) {
    switch (trouble.kind()) {
      case CRASH -> {
        count(FaultKind.CRASH);
        peer.crash();
      }
      case TORN_WRITE ->
          peer.tearNextWrite(
              trouble.strength() == 0 ? SimPeer.Tear.ABSENT : SimPeer.Tear.UNACKNOWLEDGED);
      case FULL_DISK -> peer.fillDisk(trouble.forMillis());
      case LYING_DISK -> {
        peer.lieAboutWrites();
        stage.world().after(trouble.forMillis(), () -> endLie(peer));
      }
      case CLOCK -> {
        count(FaultKind.CLOCK);
        peer.skewClock(trouble.strength());
      }
      case MIXED_ENGINES -> {
        if (stage.world().engines() > 1) {
          count(FaultKind.MIXED_ENGINES);
          peer.stop();
          peer.host(1);
          peer.start();
        }
      }
      case DELAY, LOSS, DUPLICATE, REORDER, PARTITION, CHURN, FORK, FLOOD, WITHHOLD, LIE ->
          throw new IllegalArgumentException(trouble.kind().word() + " strikes no single peer");
    }
  }

  /** A crash shows that a disk lied, once it was asked to write anything. */
  private void endLie(SimPeer peer) {
    if (peer.hasDiskLied()) {
      peer.crash();
    } else if (peer.isDiskLying()) {
      stage.world().after(LIE_MILLIS, () -> endLie(peer));
    }
  }

  private void churn(Operation.Trouble trouble) {
    if (trouble.strength() == Churn.COMES_LATE) {
      if (stage.comeLate(trouble.peer())) {
        count(FaultKind.CHURN);
      }
      return;
    }
    stage
        .up(trouble.peer())
        .ifPresent(peer -> {
          count(FaultKind.CHURN);
          peer.stop();
          stage.world().after(trouble.forMillis(), peer::start);
        });
  }

  private void fork(Operation.Trouble trouble) {
    switch (trouble.strength()) {
      case Forks.COPY ->
          stage
              .up(trouble.peer())
              .ifPresent(peer -> {
                count(FaultKind.FORK);
                stage.copy(peer);
              });
      case Forks.FENCES -> new FencedKeys(stage).begin(trouble);
      default -> new Forks(stage).begin(trouble);
    }
  }
}
