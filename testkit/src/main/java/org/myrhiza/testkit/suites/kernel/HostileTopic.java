// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.hash.Blake3;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.LogRow;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.StoreEntry;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.Tip;
import org.myrhiza.sync.Limits;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Offence;
import org.myrhiza.sync.Wish;
import org.myrhiza.testkit.sim.Faults;
import org.myrhiza.testkit.sim.HostilePeer;
import org.myrhiza.testkit.sim.Script;
import org.myrhiza.testkit.sim.SimPeer;
import org.myrhiza.testkit.sim.Simulation;
import org.myrhiza.testkit.sim.ToyPlatform;
import org.myrhiza.view.Field;

/**
 * A topic with two honest peers and two members without a kernel: one attacks the first peer, one
 * is a friend that only says what is right.
 */
final class HostileTopic {
  /** Enough for a frame to arrive, its signatures to be verified and its events to be stored. */
  static final long MOMENT = 100;

  /** Enough for heads to be told, requests to be given up, and pulls to be made. */
  static final long LONG = 60_000;

  /** What an event of the toy app carries that adds one. */
  static final Bytes ADD_ONE = new AppPayload(1, Bytes.of(1)).encode();

  static final String APP = "counter";
  static final Bytes BUNDLE = ToyPlatform.bundleFile(APP);

  final Simulation world = ToyPlatform.simulation(1, Faults.NONE);
  final Script script = new Script(world);
  final SimPeer one = world.addPeer();
  final String invite = script.create(one, BUNDLE).invite();
  final HostilePeer friend = world.addHostile(invite);
  final HostilePeer hostile = world.addHostile(invite);
  final SimPeer two = world.addPeer();

  HostileTopic() {
    script.join(two, invite);
    script.act(one, APP, "add", new Field("amount", "1"));
    script.act(two, APP, "add", new Field("amount", "2"));
    world.run(LONG);
  }

  /** What a peer holds of events, on disk and to be seen. */
  record Held(List<StoreEntry> store, List<LogRow> rows, long events, long pending) {}

  Held held(SimPeer peer) {
    InstanceStatus status = status(peer);
    return new Held(
        peer.store().all(),
        script.log(peer, APP).rows(),
        status.counts().events(),
        status.counts().pending());
  }

  InstanceStatus status(SimPeer peer) {
    return script.list(peer).stream()
        .filter(status -> status.instance().equals(hostile.topic()))
        .findFirst()
        .orElseThrow();
  }

  /** A message with events that nobody asked for. */
  static Message events(Event... events) {
    return new Message.Events(0, List.of(events), false);
  }

  /** The topic's first event, as the first peer sent it to the second. */
  Event genesis() {
    return friend.overhear(one.effects()).stream()
        .filter(message -> message instanceof Message.Events)
        .flatMap(message -> ((Message.Events) message).events().stream())
        .filter(event -> event.id().equals(friend.genesis()))
        .findFirst()
        .orElseThrow();
  }

  /** Says that a peer holds what nobody does. */
  static Message lie() {
    PublicKey nobody = new PublicKey(Blake3.hash(Utf8.encode("nobody")));
    Tip tip = new Tip(nobody, 1, new EventId(nobody.bytes()));
    return new Message.Hello(new Frontier(List.of(tip)), Wish.NONE);
  }

  /** The links that a peer closed. */
  static List<Effect.CloseLink> closed(SimPeer peer) {
    return peer.effects().stream()
        .filter(effect -> effect instanceof Effect.CloseLink)
        .map(effect -> (Effect.CloseLink) effect)
        .toList();
  }

  /**
   * Repeats an offence of the hostile peer against the first one: as long as its points are below
   * the bound nothing is closed, then that link is, and never is anything kept.
   */
  void costs(Offence offence, String reason, Runnable offend) {
    costsMore(0, offence, reason, offend);
  }

  /** The same, when it was charged for such offences already. */
  void costsMore(int charged, Offence offence, String reason, Runnable offend) {
    Held before = held(one);
    int times = (Limits.CHARGE_BOUND + offence.points() - 1) / offence.points();
    for (int i = charged; i < times; i++) {
      assertEquals(List.of(), closed(one), reason + ", after " + i + " times");
      offend.run();
      world.run(MOMENT);
    }
    onlyHostileIsClosed(reason);
    assertEquals(before, held(one), reason);
    converges();
  }

  void onlyHostileIsClosed(String reason) {
    List<Effect.CloseLink> closed = closed(one);
    assertEquals(1, closed.size(), reason);
    assertEquals(hostile.linkAt(one), closed.get(0).link(), reason);
    assertTrue(closed.get(0).reason().contains(reason), closed.get(0).reason());
  }

  /** The honest peers live, act and agree, and closed nothing but the hostile peer's link. */
  void converges() {
    int before = closed(one).size();
    Field amount = new Field("amount", "3");
    assertTrue(script.act(one, APP, "add", amount).verdict().accepted());
    assertTrue(script.act(two, APP, "add", amount).verdict().accepted());
    world.run(LONG);
    Held first = held(one);
    assertEquals(first.rows(), held(two).rows());
    assertEquals(status(one).digest(), status(two).digest());
    assertEquals(0, first.pending());
    assertEquals(before, closed(one).size());
    assertEquals(List.of(), closed(two));
  }

  /** Whether a message shows that its sender knows of an event. */
  private static boolean tells(Message message, EventId id) {
    return switch (message) {
      case Message.Hello hello -> hasTip(hello.frontier(), id);
      case Message.Pull pull -> hasTip(pull.frontier(), id);
      case Message.Events events -> events.events().stream().anyMatch(e -> e.id().equals(id));
      case Message.SyncComplete complete -> false;
      case Message.Unknown unknown -> false;
      case Message.Prune prune -> false;
      case Message.Announce announced -> announced.events().contains(id);
      case Message.Graft graft -> graft.events().contains(id);
      case Message.Descend descend -> false;
      case Message.Cuts cuts ->
          cuts.cuts().stream()
              .flatMap(cut -> cut.parts().stream())
              .anyMatch(part -> part.isLeaf() && part.id().equals(id));
      case Message.Want want -> want.events().contains(id);
      case Message.WantBundle want -> false;
      case Message.BundleChunk chunk -> false;
      case Message.Forks forks -> false;
      case Message.Proofs proofs ->
          proofs.proofs().stream()
              .anyMatch(proof -> proof.first().id().equals(id) || proof.second().id().equals(id));
    };
  }

  private static boolean hasTip(Frontier frontier, EventId id) {
    return frontier.tips().stream().anyMatch(tip -> tip.id().equals(id));
  }

  /** Whether a frame among a peer's effects shows that it knows of an event. */
  boolean tells(List<Effect> effects, EventId id) {
    return friend.overhear(effects).stream().anyMatch(message -> tells(message, id));
  }
}
