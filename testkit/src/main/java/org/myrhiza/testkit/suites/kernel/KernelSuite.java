// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.SyncState;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Reply;
import org.myrhiza.kernel.StoreEntry;
import org.myrhiza.kernel.Write;
import org.myrhiza.testkit.sim.Faults;
import org.myrhiza.testkit.sim.Script;
import org.myrhiza.testkit.sim.SimPeer;
import org.myrhiza.testkit.sim.Simulation;
import org.myrhiza.testkit.sim.ToyPlatform;
import org.myrhiza.view.Field;
import org.myrhiza.view.ViewText;

/** Kernels with an app that needs no engine: one alone, two that meet, and what goes wrong. */
public final class KernelSuite {
  private static final long LONG = 60_000;
  private static final Bytes BUNDLE = ToyPlatform.bundleFile("counter");

  private final Simulation world = ToyPlatform.simulation(1, Faults.NONE);
  private final Script script = new Script(world);

  private static Field amount(int amount) {
    return new Field("amount", Integer.toString(amount));
  }

  private InstanceStatus only(SimPeer peer) {
    List<InstanceStatus> all = script.list(peer);
    assertEquals(1, all.size());
    return all.get(0);
  }

  @Test
  void onePeerCreatesActsViewsListsAndLeaves() {
    SimPeer peer = world.addPeer();
    Reply.Opened opened = script.create(peer, BUNDLE);
    assertEquals(1, opened.status().counts().events());
    assertTrue(opened.invite().startsWith("myinvite1"));
    Reply.Acted acted = script.act(peer, "counter", "add", amount(5));
    assertTrue(acted.verdict().accepted());
    assertEquals(1, acted.position());
    String view = ViewText.render(script.view(peer, "counter").view());
    assertTrue(view.contains("Value: 5"), view);
    assertTrue(view.contains("add amount=INTEGER"), view);
    Reply.Logged logged = script.log(peer, "counter");
    assertEquals(2, logged.rows().size());
    assertTrue(logged.rows().stream().allMatch(row -> row.verdict().equals("accepted")));
    assertInstanceOf(Reply.Departed.class, script.ask(peer, new Command.Leave("counter")));
    assertEquals(List.of(), script.list(peer));
    assertEquals(2, peer.store().size(), "only the format number and the mark are left");
  }

  @Test
  void whatWasAcknowledgedIsThereAfterACrash() {
    SimPeer peer = world.addPeer();
    script.create(peer, BUNDLE);
    script.act(peer, "counter", "add", amount(5));
    script.act(peer, "counter", "add", amount(6));
    InstanceStatus before = only(peer);
    peer.crash();
    assertTrue(world.runUntil(peer::isUp, LONG));
    InstanceStatus after = only(peer);
    assertEquals(before.digest(), after.digest());
    assertEquals(before.counts().events(), after.counts().events());
    assertEquals(3, script.act(peer, "counter", "add", amount(7)).position());
    assertTrue(ViewText.render(script.view(peer, "counter").view()).contains("Value: 18"));
  }

  @Test
  void aPeerJoinsFetchesTheBundleAndBothConverge() {
    SimPeer one = world.addPeer();
    SimPeer two = world.addPeer();
    Reply.Opened opened = script.create(one, BUNDLE);
    for (int i = 0; i < 10; i++) {
      script.act(one, "counter", "add", amount(1));
    }
    Reply.Opened joined = script.join(two, opened.invite());
    assertEquals(11, joined.status().counts().events());
    assertEquals(SyncState.SYNCED, joined.status().sync());
    assertEquals(only(one).digest(), joined.status().digest());
    Reply waited = script.ask(two, new Command.Act("counter", "double", List.of(), LONG));
    assertTrue(assertInstanceOf(Reply.Acted.class, waited).verdict().accepted());
    assertEquals(only(one).digest(), only(two).digest());
    assertEquals(13, only(one).counts().events(), "with the join");
  }

  @Test
  void anInstanceHasTheNameThatItWasJoinedUnder_ifNoOtherHasIt() {
    SimPeer one = world.addPeer();
    SimPeer two = world.addPeer();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      String invite = script.create(one, BUNDLE).invite();
      Command join = new Command.JoinApp(invite, "mine", Optional.empty(), LONG);
      Reply.Opened joined = assertInstanceOf(Reply.Opened.class, script.ask(two, join));
      names.add(joined.status().name());
    }
    assertEquals(List.of("mine", "mine-2"), names);
  }

  @Test
  void withoutConsentNothingIsLeft() {
    SimPeer one = world.addPeer();
    SimPeer two = world.addPeer();
    Reply.Opened opened = script.create(one, BUNDLE);
    int empty = two.store().size();
    world.consent(false);
    Command refused = new Command.JoinApp(opened.invite(), "", Optional.empty(), LONG);
    assertEquals(3, script.failure(two, refused).exitCode());
    assertEquals(empty, two.store().size());
    assertEquals(List.of(), script.list(two));
    Command trusting =
        new Command.JoinApp(opened.invite(), "", Optional.of(opened.status().bundle()), LONG);
    assertInstanceOf(Reply.Opened.class, script.ask(two, trusting));
  }

  @Test
  void joiningNobodyTimesOut() {
    SimPeer one = world.addPeer();
    Reply.Opened opened = script.create(one, BUNDLE);
    one.stop();
    SimPeer two = world.addPeer();
    Command join = new Command.JoinApp(opened.invite(), "", Optional.empty(), 5_000);
    assertEquals(5, script.failure(two, join).exitCode());
    assertEquals(List.of(), script.list(two));
  }

  @Test
  void wrongUseIsToldAsSuch() {
    SimPeer peer = world.addPeer();
    script.create(peer, BUNDLE);
    assertEquals(2, script.failure(peer, new Command.ViewApp("mytopic1qqqqqq")).exitCode());
    Reply.Failed fly = script.failure(peer, new Command.Act("counter", "fly", List.of(), 0));
    assertEquals("actions: add, double", fly.hint());
    Command tooMuch = new Command.Act("counter", "add", List.of(amount(251)), 0);
    assertEquals(4, script.failure(peer, tooMuch).exitCode());
    Command nonsense = new Command.JoinApp("nonsense", "", Optional.empty(), LONG);
    assertEquals(2, script.failure(peer, nonsense).exitCode());
  }

  @Test
  void aStoreOfAnotherFormatIsRefusedByNameAndLeftAlone() {
    SimPeer peer = world.addPeer();
    script.create(peer, BUNDLE);
    assertRefused(peer, 4, "newer-format");
    assertRefused(peer, 1, "older-format");
  }

  private void assertRefused(SimPeer peer, int format, String type) {
    peer.stop();
    peer.store().put(Bytes.of(0), Bytes.of(0, format));
    List<StoreEntry> before = peer.store().all();
    peer.start();
    Reply.Failed failed = script.failure(peer, new Command.ListApps());
    assertEquals(6, failed.exitCode());
    assertEquals(type, failed.type());
    assertEquals(before, peer.store().all());
  }

  /**
   * A store hands over a record without its value when it is not as it was written. Verdicts are
   * read when somebody asks for them, and an index is made anew.
   */
  @Test
  void anyRecordWithoutItsValueIsToldAsDamaged() {
    SimPeer peer = world.addPeer();
    script.create(peer, BUNDLE);
    script.act(peer, "counter", "add", amount(1));
    TreeSet<Integer> kinds = new TreeSet<>();
    for (StoreEntry entry : peer.store().all()) {
      int kind = entry.key().at(0);
      if (kind > 0 && kinds.add(kind)) {
        replace(peer, entry.key(), Bytes.EMPTY);
        assertTold(peer, kind);
        replace(peer, entry.key(), entry.value());
      }
    }
    assertEquals(List.of(1, 2, 3, 4, 5, 6, 8, 9), List.copyOf(kinds));
    assertTrue(script.act(peer, "counter", "add", amount(1)).verdict().accepted());
  }

  /** A start does not read it; whoever needs it tells. */
  @Test
  void anEventThatIsMissingIsToldAsDamagedWhenItIsRead() {
    SimPeer peer = world.addPeer();
    script.create(peer, BUNDLE);
    script.act(peer, "counter", "add", amount(1));
    peer.stop();
    List<StoreEntry> left = new ArrayList<>(peer.store().all());
    StoreEntry last = left.stream().filter(entry -> entry.key().at(0) == 3).toList().getLast();
    peer.store().apply(List.of(new Write.Delete(last.key())));
    peer.start();
    assertEquals("", script.list(peer).getFirst().note());
    assertEquals(2, script.log(peer, "counter").rows().size());
    String note = script.list(peer).getFirst().note();
    assertEquals("the data are damaged: an event is missing", note);
    replace(peer, last.key(), last.value());
    assertEquals(2, script.log(peer, "counter").rows().size());
    assertEquals("", script.list(peer).getFirst().note());
  }

  /** As a program without an index leaves it. */
  @Test
  void aStoreOfTheFormatBefore_getsItsIndex() {
    SimPeer peer = world.addPeer();
    script.create(peer, BUNDLE);
    script.act(peer, "counter", "add", amount(1));
    peer.stop();
    peer.store().apply(List.of(new Write.DeleteRange(Bytes.of(8), Bytes.of(10))));
    peer.store().put(Bytes.of(0), Bytes.of(0, 2));
    peer.start();
    assertEquals("", script.list(peer).getFirst().note());
    assertEquals(0, warnings(peer));
    peer.stop();
    List<StoreEntry> all = peer.store().all();
    assertEquals(new StoreEntry(Bytes.of(0), Bytes.of(0, 3)), all.getFirst());
    assertEquals(List.of(8, 9), all.stream().map(e -> e.key().at(0)).filter(k -> k > 7).toList());
    peer.start();
    assertEquals(2, script.act(peer, "counter", "add", amount(1)).position());
    assertEquals(0, warnings(peer));
  }

  private void assertTold(SimPeer peer, int kind) {
    switch (kind) {
      case 1 -> assertEquals("damaged", script.failure(peer, new Command.ListApps()).type());
      case 8, 9 -> {
        assertEquals("", script.list(peer).getFirst().note());
        assertEquals(kind == 8 ? 1 : 2, warnings(peer), "kind " + kind);
      }
      default -> {
        if (kind == 4) {
          assertEquals("", script.list(peer).getFirst().note());
          script.log(peer, "counter");
        }
        String note = script.list(peer).getFirst().note();
        assertTrue(note.contains("damaged"), kind + ": " + note);
      }
    }
  }

  private static long warnings(SimPeer peer) {
    return peer.effects().stream()
        .filter(effect -> effect instanceof Effect.Warn warn && warn.text().contains("made anew"))
        .count();
  }

  private static void replace(SimPeer peer, Bytes key, Bytes value) {
    peer.stop();
    peer.store().put(key, value);
    peer.start();
  }

  @Test
  void framesThatAreNoneCostTheLinkAndNothingElse() {
    SimPeer one = world.addPeer();
    SimPeer two = world.addPeer();
    Reply.Opened opened = script.create(one, BUNDLE);
    script.join(two, opened.invite());
    for (int i = 0; i < 20; i++) {
      world.hostileFrame(two, one, Utf8.encode("no frame at all, and not even a long one"));
      world.run(10);
    }
    assertTrue(one.effects().stream().anyMatch(effect -> effect instanceof Effect.CloseLink));
    assertTrue(script.act(one, "counter", "add", amount(1)).verdict().accepted());
  }

  @Test
  void instancesOfOneBundleShareNothing() {
    SimPeer one = world.addPeer();
    SimPeer two = world.addPeer();
    Reply.Opened first = script.create(one, BUNDLE);
    Reply.Opened second = script.create(one, BUNDLE);
    assertEquals("counter-2", second.status().name());
    script.join(two, first.invite());
    script.join(two, second.invite());
    for (int i = 0; i < 5; i++) {
      script.act(one, "counter", "add", amount(1));
      script.act(two, "counter-2", "add", amount(2));
    }
    world.run(LONG);
    for (SimPeer peer : world.peers()) {
      List<InstanceStatus> all = script.list(peer);
      assertNotEquals(all.get(0).digest(), all.get(1).digest());
      var counter = script.log(peer, "counter").rows();
      var other = script.log(peer, "counter-2").rows();
      assertTrue(
          counter.stream()
              .noneMatch(row -> other.stream().anyMatch(o -> o.event().equals(row.event()))));
      assertEquals(6, counter.size());
      assertEquals(7, other.size(), "with the second peer's join");
    }
    assertEquals(script.list(one).get(0).digest(), script.list(two).get(0).digest());
    assertEquals(script.list(one).get(1).digest(), script.list(two).get(1).digest());
  }
}
