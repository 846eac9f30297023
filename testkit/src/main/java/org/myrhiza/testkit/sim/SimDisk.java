// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import org.jspecify.annotations.Nullable;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Input;
import org.myrhiza.testkit.Seeded;

/** The disk of one peer: its store, and what goes wrong while it is written. */
final class SimDisk {
  private static final int MILLE = 1_000;

  private final Simulation world;
  private final SimPeer peer;
  private final Seeded random;
  private final SimStore store = new SimStore();
  private final OwnEvents own = new OwnEvents();
  private long heldMillis;
  private long fullUntilMillis;
  private boolean refused;
  private SimPeer.Tear tear = SimPeer.Tear.NONE;
  private Effect.@Nullable Persist inFlight;

  SimDisk(Simulation world, SimPeer peer, Seeded random) {
    this.world = world;
    this.peer = peer;
    this.random = random;
  }

  SimStore store() {
    return store;
  }

  OwnEvents own() {
    return own;
  }

  /** Takes over what is on another disk, and what it knows of what was signed there. */
  void copy(SimDisk other) {
    store.copy(other.store);
    own.copy(other.own);
  }

  void holdBack(long millis) {
    heldMillis = millis;
  }

  void tearNext(SimPeer.Tear left) {
    tear = left;
  }

  void fill(long millis) {
    fullUntilMillis = millis <= 0 ? 0 : world.now() + millis;
    refused = false;
  }

  /** Nothing is under way any more. */
  void stop() {
    inFlight = null;
  }

  /** Ends a persist that is under way as if it had succeeded, without a word to the peer. */
  void endUnacknowledged() {
    Effect.Persist writing = inFlight;
    if (writing != null) {
      apply(writing);
    }
  }

  void persist(Effect.Persist persist) {
    inFlight = persist;
    Faults faults = world.faults();
    boolean crash = random.chance(faults.crashPerMille(), MILLE);
    boolean before = random.nextBoolean();
    long takes = Math.max(heldMillis, 1 + random.nextInt(faults.persistMillis()));
    int run = peer.generation();
    world
        .clock()
        .after(
            takes,
            () -> {
              if (run == peer.generation()) {
                complete(persist, crash, before);
              }
            });
  }

  private boolean isFull() {
    return world.now() < fullUntilMillis || (fullUntilMillis > 0 && !refused);
  }

  private void complete(Effect.Persist persist, boolean crash, boolean before) {
    inFlight = null;
    SimPeer.Tear torn = tear;
    tear = SimPeer.Tear.NONE;
    if (torn != SimPeer.Tear.NONE) {
      world.injected().add(FaultKind.TORN_WRITE);
    } else if (isFull()) {
      world.injected().add(FaultKind.FULL_DISK);
      refused = true;
      peer.tell(now -> new Input.PersistFailed(now, persist.token(), "no space is left"));
      return;
    }
    if (torn == SimPeer.Tear.ABSENT || (crash && before)) {
      peer.crash();
      return;
    }
    apply(persist);
    if (torn == SimPeer.Tear.UNACKNOWLEDGED || crash) {
      peer.crash();
    } else {
      peer.tell(now -> new Input.Persisted(now, persist.token()));
    }
  }

  private void apply(Effect.Persist persist) {
    own.observe(persist.writes(), store);
    store.apply(persist.writes());
  }
}
