// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Aead;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Kernel;
import org.myrhiza.kernel.LinkKind;
import org.myrhiza.kernel.Recording;
import org.myrhiza.kernel.Replayer;
import org.myrhiza.testkit.Seeded;

/** A cluster of kernels under one seed. What a scenario does to it is up to the scenario. */
public final class Simulation {
  /** The one relay there is. */
  public static final String RELAY = "ws://127.0.0.1:7420/v1";

  private static final int LOW_BYTE = 0xff;

  private final Platform platform;
  private final SimClock clock = new SimClock();
  private final List<SimPeer> peers = new ArrayList<>();
  private final TreeMap<PublicKey, List<SimPeer>> byTransport = new TreeMap<>();
  private final TreeMap<String, SimPeer> listeners = new TreeMap<>();
  private final List<Member> members = new ArrayList<>();
  private final Injected injected = new Injected();
  private final Weather weather;
  private final SimNetwork network;
  private final Seeded random;
  private Faults faults;
  private boolean consents = true;
  private boolean records = true;
  private boolean variesBuffers;
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
    this.platform = platform;
    weather = new Weather(clock, injected, random.fork("weather"));
    network = new SimNetwork(clock, random.fork("network"), weather, members);
    network.faults(faults);
  }

  /**
   * What the kernels run on.
   *
   * @param signing signs and verifies
   * @param aead seals and opens frames
   * @param hosts engines with their kernels, at least one; peers begin on the first
   */
  public record Platform(Signing signing, Aead aead, List<Host> hosts) {
    /** Copies the list. */
    public Platform {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * An engine, and kernels on it.
   *
   * @param kernels gives new kernels
   * @param preparer makes a module ready for their engine
   */
  public record Host(Supplier<Kernel> kernels, Consumer<Effect.Prepare> preparer) {}

  /** Adds a peer and starts it. */
  public SimPeer addPeer() {
    return started(new SimPeer(this, members.size(), fork("peer")));
  }

  /** Adds a peer that others can dial, and starts it. */
  public SimPeer addListener() {
    SimPeer peer = new SimPeer(this, members.size(), fork("peer"));
    String address = "peer-" + members.size() + ".example:7420";
    peer.listen(address);
    listeners.put(address, peer);
    return started(peer);
  }

  /** The peer that can be dialled at an address. */
  Optional<SimPeer> listener(String address) {
    return Optional.ofNullable(listeners.get(address));
  }

  /** How many links came up so far that a peer had dialled. */
  public int directLinks() {
    return network.direct().count();
  }

  /**
   * Adds a peer that is a copy of another, keys and store included, as a copied data folder is: as
   * soon as both write, their key is forked.
   */
  public SimPeer addTwin(SimPeer of) {
    return started(of.copy(members.size(), fork("twin")));
  }

  /** From now on peers meet over direct links, so that nothing is published to many at once. */
  public void direct() {
    network.kind(LinkKind.QUIC);
  }

  /** Keeps no recordings and no effects from now on, so that long runs need little memory. */
  public void recordNothing() {
    records = false;
  }

  /** Peers that are added from now on let different numbers of events wait. */
  public void varyBuffers() {
    variesBuffers = true;
  }

  boolean variesBuffers() {
    return variesBuffers;
  }

  private SimPeer started(SimPeer peer) {
    peers.add(peer);
    byTransport.computeIfAbsent(peer.transport(), _ -> new ArrayList<>()).add(peer);
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

  /** The peers that links know by a key: a peer, and its copies. */
  List<SimPeer> peersOf(PublicKey transport) {
    return byTransport.getOrDefault(transport, List.of());
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

  /** Faults that last for a while. */
  public Weather weather() {
    return weather;
  }

  /** How often each fault was injected by name. */
  public Injected injected() {
    return injected;
  }

  /** How many engines there are to run guests on. */
  public int engines() {
    return platform.hosts().size();
  }

  /** Does something later. */
  public void after(long millis, Runnable then) {
    clock.after(millis, then);
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

  void trace(int peer, Bytes input, List<Bytes> effects) {
    List<Bytes> all = new ArrayList<>();
    all.add(Bytes.of(peer >> Byte.SIZE, peer & LOW_BYTE));
    all.addAll(effects);
    trace = Replayer.extend(trace, new Recording.Step(input, all));
  }

  boolean records() {
    return records;
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
    return platform.signing();
  }

  Aead aead() {
    return platform.aead();
  }

  boolean consents() {
    return consents;
  }

  Host host(int number) {
    return platform.hosts().get(number);
  }
}
