// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.EventId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.LogRow;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Reply;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.Tip;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Wish;
import org.myrhiza.testkit.sim.Faults;
import org.myrhiza.testkit.sim.HostilePeer;
import org.myrhiza.testkit.sim.Script;
import org.myrhiza.testkit.sim.SimPeer;
import org.myrhiza.testkit.sim.Simulation;
import org.myrhiza.testkit.sim.ToyPlatform;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.view.Field;

/** Copied and restored stores, a disk that lies, and what becomes of the own key. */
public final class OwnKeySuite {
  private static final String LINE =
      "this data folder was copied or restored; from now on it writes as a new device";
  private static final Field ONE = new Field("amount", "1");
  private static final long MINUTE = 60_000;

  private final Simulation world = ToyPlatform.simulation(1, Faults.CALM);
  private final Script script = new Script(world);
  private final SimPeer ann = world.addPeer();
  private final SimPeer bob = world.addPeer();
  private final Reply.Opened opened = script.create(ann, ToyPlatform.bundleFile("counter"));
  private final String instance = opened.status().instance().text();

  private Reply.Acted add(SimPeer peer) {
    return script.act(peer, instance, "add", ONE);
  }

  private InstanceStatus status(SimPeer peer) {
    return script.list(peer).get(0);
  }

  private List<LogRow> rows(SimPeer peer) {
    return script.log(peer, instance).rows();
  }

  private Set<EventId> ids(SimPeer peer) {
    Set<EventId> ids = new TreeSet<>();
    rows(peer).forEach(row -> ids.add(row.event()));
    return ids;
  }

  private long accepted(SimPeer peer) {
    return rows(peer).stream().filter(row -> "accepted".equals(row.verdict())).count();
  }

  private static long lines(SimPeer peer) {
    return peer.effects().stream().filter(effect -> effect.equals(new Effect.Warn(LINE))).count();
  }

  /** Both have joined and acted, and know it of each other. */
  private void begin() {
    script.join(bob, opened.invite());
    add(bob);
    add(ann);
    world.run(MINUTE);
    assertEquals(ids(ann), ids(bob));
  }

  private void agree() {
    world.run(2 * MINUTE);
    Set<EventId> there = ids(ann);
    for (SimPeer peer : world.peers()) {
      assertEquals(there, ids(peer), "peer " + peer.index());
      assertEquals(status(ann).digest(), status(peer).digest(), "peer " + peer.index());
    }
  }

  @Test
  void anOrdinaryRestartKeepsTheKey() {
    begin();
    PublicKey before = bob.signer();
    bob.crash();
    world.run(MINUTE);
    add(bob);
    agree();
    assertEquals(before, bob.signer());
    assertEquals(0, lines(bob));
    assertEquals("", status(bob).note());
  }

  @Test
  @Proves("ORDER-16")
  void aPeerAndItsCopyGoOnUnderNewKeysAndNothingIsLost() {
    begin();
    long before = accepted(ann);
    PublicKey old = bob.signer();
    bob.stop();
    SimPeer twin = world.addTwin(bob);
    twin.ask(new Command.Act(instance, "add", List.of(ONE), 0), reply -> {});
    world.run(1);
    bob.start();
    add(bob);
    add(twin);
    agree();
    add(bob);
    add(twin);
    agree();
    assertNotEquals(old, bob.signer());
    assertNotEquals(old, twin.signer());
    assertNotEquals(twin.signer(), bob.signer());
    assertTrue(accepted(ann) >= before + 5, accepted(ann) + " accepted, before " + before);
    for (SimPeer peer : List.of(bob, twin)) {
      assertEquals(1, lines(peer), "peer " + peer.index());
      assertEquals(LINE, status(peer).note());
    }
    assertEquals("", status(ann).note());
  }

  @Test
  void forksOfACopiedKeyAreProposedAgainOnce() {
    begin();
    long before = accepted(ann);
    SimPeer twin = world.addTwin(bob);
    List<Reply> replies = new ArrayList<>();
    for (SimPeer peer : List.of(bob, twin)) {
      peer.ask(new Command.Act(instance, "add", List.of(ONE), 0), replies::add);
    }
    agree();
    assertEquals(2, replies.size());
    assertEquals(before + 2, accepted(ann), "each copy's action counts once");
    bob.crash();
    twin.crash();
    agree();
    assertEquals(before + 2, accepted(ann), "nothing is proposed again after a restart");
  }

  @Test
  void aRestoredStoreIsNoticedAtTheStartWithoutPeers() {
    begin();
    SimPeer.Backup backup = bob.backup();
    PublicKey old = bob.signer();
    bob.crash();
    world.run(MINUTE);
    EventId newest = add(bob).event();
    world.run(MINUTE);
    bob.stop();
    ann.stop();
    bob.restore(backup);
    bob.start();
    add(bob);
    assertNotEquals(old, bob.signer());
    assertEquals(1, lines(bob));
    ann.start();
    agree();
    assertTrue(ids(bob).contains(newest), "what the others had comes back");
    assertEquals(2, bob.signers().size());
  }

  @Test
  @Proves("ORDER-16")
  void aDiskThatLiedIsNoticedThroughPeersBeforeAnythingIsSigned() {
    begin();
    PublicKey old = bob.signer();
    bob.lieAboutWrites();
    EventId first = add(bob).event();
    EventId second = add(bob).event();
    world.run(MINUTE);
    bob.crash();
    world.runUntil(bob::isUp, MINUTE);
    EventId third = add(bob).event();
    agree();
    assertTrue(ids(bob).containsAll(List.of(first, second, third)));
    assertNotEquals(old, bob.signer());
    assertEquals(1, lines(bob));
    assertEquals(4, rows(bob).stream().filter(row -> row.signer().equals(old)).count());
  }

  @Test
  void whoClaimsThatAnOwnChainIsLongerHoldsAnActionUpForAWhileOnly() {
    begin();
    PublicKey old = bob.signer();
    HostilePeer liar = world.addHostile(opened.invite());
    Tip tip = new Tip(old, 1_000, new EventId(Bytes.zeros(32)));
    liar.repeat(500, () -> liar.say(bob, new Message.Hello(new Frontier(List.of(tip)), Wish.NONE)));
    world.run(2_000);
    add(bob);
    assertEquals(old, bob.signer());
    assertEquals(0, lines(bob));
    assertEquals(List.of(old), bob.signers());
  }

  @Test
  void aKeyThatCannotBeStoredFailsActionsUntilItCan() {
    begin();
    SimPeer.Backup backup = bob.backup();
    bob.crash();
    world.run(MINUTE);
    bob.stop();
    bob.restore(backup);
    bob.refuseKeys(true);
    bob.start();
    Command act = new Command.Act(instance, "add", List.of(ONE), 0);
    assertEquals("key", script.failure(bob, act).type());
    bob.refuseKeys(false);
    world.run(MINUTE);
    add(bob);
    agree();
    assertEquals(1, lines(bob));
  }

  @Test
  void whoLeftAndComesBackWritesUnderANewKeyAndIsToldNothing() {
    begin();
    PublicKey old = bob.signer();
    script.ask(bob, new Command.Leave(instance));
    script.join(bob, opened.invite());
    add(bob);
    agree();
    assertNotEquals(old, bob.signer());
    assertEquals(0, lines(bob));
    assertEquals("", status(bob).note());
  }
}
