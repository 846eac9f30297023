// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Aead;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.EffectCodec;
import org.myrhiza.kernel.Input;
import org.myrhiza.kernel.InputCodec;
import org.myrhiza.kernel.Kernel;
import org.myrhiza.kernel.Recording;
import org.myrhiza.kernel.Replayer;
import org.myrhiza.testkit.Seeded;

/** A cluster of kernels under one seed. What a scenario does to it is up to the scenario. */
public final class Simulation {
  /** The one relay there is. */
  public static final String RELAY = "ws://127.0.0.1:7420/v1";

  private final Signing signing;
  private final Aead aead;
  private final Supplier<Kernel> kernels;
  private final Consumer<Effect.Prepare> preparer;
  private final SimClock clock = new SimClock();
  private final List<SimPeer> peers = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private final SimNetwork network;
  private final Seeded random;
  private Faults faults;
  private boolean consents = true;
  private Bytes trace = Bytes.EMPTY;
  private long steps;

  /**
   * A cluster without peers.
   *
   * @param random the seed of everything
   * @param faults what goes wrong
   * @param platform what the kernels run on
   */
  public Simulation(Seeded random, Faults faults, Platform platform) {
    this.random = random;
    this.faults = faults;
    this.signing = platform.signing();
    this.aead = platform.aead();
    this.kernels = platform.kernels();
    this.preparer = platform.preparer();
    network = new SimNetwork(clock, random.fork("network"), faults, members);
  }

  /**
   * What the kernels run on.
   *
   * @param signing signs and verifies
   * @param aead seals and opens frames
   * @param kernels gives new kernels
   * @param preparer makes a module ready for their engine
   */
  public record Platform(
      Signing signing, Aead aead, Supplier<Kernel> kernels, Consumer<Effect.Prepare> preparer) {}

  /** Adds a peer and starts it. */
  public SimPeer addPeer() {
    return started(new SimPeer(this, members.size(), fork("peer")));
  }

  /**
   * Adds a peer that is a copy of another, keys and store included, as a copied data folder is: as
   * soon as both write, their key is forked.
   */
  public SimPeer addTwin(SimPeer of) {
    return started(of.copy(members.size(), fork("twin")));
  }

  private SimPeer started(SimPeer peer) {
    peers.add(peer);
    members.add(peer);
    peer.start();
    return peer;
  }

  /** Adds a peer without a kernel that holds an invitation and keeps no rule. */
  public HostilePeer addHostile(String invite) {
    HostilePeer peer = new HostilePeer(this, members.size(), fork("hostile"), invite);
    members.add(peer);
    peer.enter();
    return peer;
  }

  private Seeded fork(String what) {
    return random.fork(what + " " + members.size());
  }

  /** The seed of everything. */
  public long seed() {
    return random.seed();
  }

  /** The peers that run kernels, in the order in which they came. */
  public List<SimPeer> peers() {
    return List.copyOf(peers);
  }

  /** Whether users consent to bundles from now on. */
  public void consent(boolean granted) {
    consents = granted;
  }

  /** What goes wrong from now on. */
  public void faults(Faults now) {
    faults = now;
    network.faults(now);
  }

  /** Lets time pass. */
  public void run(long millis) {
    long end = clock.now() + millis;
    clock.at(end, () -> {});
    while (clock.now() < end && clock.next()) {
      steps++;
    }
  }

  /**
   * Lets time pass until something is so.
   *
   * @return whether it came to be within the time
   */
  public boolean runUntil(BooleanSupplier condition, long millis) {
    long end = clock.now() + millis;
    while (!condition.getAsBoolean()) {
      if (clock.nextMillis() > end || !clock.next()) {
        return condition.getAsBoolean();
      }
      steps++;
    }
    return true;
  }

  /** Brings bytes to a peer as a frame of another, as a hostile peer would. */
  public void hostileFrame(SimPeer from, SimPeer to, Bytes frame) {
    network.inject(from.index(), to.index(), frame);
  }

  /** Things that happened so far. */
  public long steps() {
    return steps;
  }

  /** The hash over every input and effect of every peer so far, in order. */
  public Bytes traceHash() {
    return trace;
  }

  void trace(int peer, Input input, List<Effect> effects) {
    List<Bytes> encoded = new ArrayList<>();
    encoded.add(Bytes.of(peer));
    for (Effect effect : effects) {
      encoded.add(EffectCodec.INSTANCE.encode(effect));
    }
    trace = Replayer.extend(trace, new Recording.Step(InputCodec.INSTANCE.encode(input), encoded));
  }

  long now() {
    return clock.now();
  }

  SimClock clock() {
    return clock;
  }

  SimNetwork network() {
    return network;
  }

  Faults faults() {
    return faults;
  }

  Signing signing() {
    return signing;
  }

  Aead aead() {
    return aead;
  }

  boolean consents() {
    return consents;
  }

  Kernel kernel() {
    return kernels.get();
  }

  void prepare(Effect.Prepare prepare) {
    preparer.accept(prepare);
  }
}
