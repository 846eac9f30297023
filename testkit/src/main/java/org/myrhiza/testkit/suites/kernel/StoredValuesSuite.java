// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.instance.SyncState;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Reply;
import org.myrhiza.kernel.StoreEntry;
import org.myrhiza.state.StateRecords;
import org.myrhiza.testkit.sim.Faults;
import org.myrhiza.testkit.sim.Script;
import org.myrhiza.testkit.sim.SimPeer;
import org.myrhiza.testkit.sim.Simulation;
import org.myrhiza.testkit.sim.ToyPlatform;
import org.myrhiza.view.Field;
import org.myrhiza.view.ViewText;

/** Views and actions of a peer that has the values of its app's state in its store only. */
public final class StoredValuesSuite {
  private static final long LONG = 60_000;
  private static final Bytes BUNDLE = ToyPlatform.bundleFile("counter");

  private final Simulation world = ToyPlatform.simulation(1, Faults.NONE);
  private final Script script = new Script(world);
  private final SimPeer whole = world.addPeer();

  /** The second of three peers keeps next to nothing. */
  private final SimPeer thrifty = world.addPeer();

  /** Made once per test. */
  public StoredValuesSuite() {}

  private void begin() {
    script.create(thrifty, BUNDLE);
    script.act(thrifty, "counter", "add", new Field("amount", "5"));
  }

  private String shown(SimPeer peer) {
    return ViewText.render(script.view(peer, "counter").view());
  }

  private static long valueReads(SimPeer peer) {
    return peer.effects().stream().filter(StoredValuesSuite::isValueRead).count();
  }

  private static boolean isValueRead(Effect effect) {
    return effect instanceof Effect.Read read
        && read.keys().getFirst().at(0) == StateRecords.PREFIX;
  }

  @Test
  void aView_waitsForTheValuesThatItShows() {
    begin();
    for (int i = 0; i < 3; i++) {
      long before = valueReads(thrifty);
      String view = shown(thrifty);
      assertTrue(view.contains("Value: 5"), view);
      assertEquals(before + 1, valueReads(thrifty), "a view that was shown keeps nothing");
    }
  }

  @Test
  void actions_comeToTheSame_asWithAllInMemory() {
    Reply.Opened opened = script.create(whole, BUNDLE);
    script.join(thrifty, opened.invite());
    for (int i = 1; i < 5; i++) {
      script.act(thrifty, "counter", "add", new Field("amount", Integer.toString(i)));
      script.act(whole, "counter", "add", new Field("amount", "1"));
    }
    world.run(LONG);
    assertEquals(script.list(whole).getFirst().digest(), script.list(thrifty).getFirst().digest());
    assertEquals(shown(whole), shown(thrifty));
    assertTrue(valueReads(thrifty) > 5, "reads: " + valueReads(thrifty));
    assertEquals(0, valueReads(whole));
  }

  @Test
  void aViewThatWaits_isAnswered_whenTheTopicIsLeft() {
    begin();
    List<Reply> views = new ArrayList<>();
    List<Reply> departures = new ArrayList<>();
    long before = valueReads(thrifty);
    thrifty.ask(new Command.ViewApp("counter"), views::add);
    assertEquals(before + 1, valueReads(thrifty), "it waits");
    assertEquals(List.of(), views);
    thrifty.ask(new Command.Leave("counter"), departures::add);
    world.run(LONG);
    assertInstanceOf(Reply.Failed.class, views.getFirst());
    assertInstanceOf(Reply.Departed.class, departures.getFirst());
    assertEquals(List.of(), script.list(thrifty));
  }

  /** What arrives while a view waits changes what it shows, and nothing else. */
  @Test
  void aViewThatWaits_showsTheStateOfThen() {
    begin();
    List<Reply> views = new ArrayList<>();
    List<Reply> acts = new ArrayList<>();
    thrifty.ask(new Command.Act("counter", "double", List.of(), 0), acts::add);
    thrifty.ask(new Command.ViewApp("counter"), views::add);
    world.run(LONG);
    Reply.Viewed viewed = assertInstanceOf(Reply.Viewed.class, views.getFirst());
    String view = ViewText.render(viewed.view());
    assertTrue(view.contains("Value: 5") || view.contains("Value: 10"), view);
    assertInstanceOf(Reply.Acted.class, acts.getFirst());
    assertTrue(shown(thrifty).contains("Value: 10"));
  }

  @Test
  void aValueThatIsNotAsItWasWritten_stopsTheApp() {
    begin();
    for (Bytes other : List.of(Bytes.EMPTY, Bytes.of(0, 1, 1), Bytes.of(9, 5))) {
      List<StoreEntry> values =
          thrifty.store().all().stream()
              .filter(entry -> entry.key().at(0) == StateRecords.PREFIX)
              .toList();
      values.forEach(entry -> thrifty.store().put(entry.key(), other));
      Reply.Failed failed = script.failure(thrifty, new Command.ViewApp("counter"));
      assertTrue(failed.message().contains("damaged"), failed.message());
      assertEquals(SyncState.STOPPED, script.list(thrifty).getFirst().sync());
      Command act = new Command.Act("counter", "double", List.of(), 0);
      assertTrue(script.failure(thrifty, act).message().contains("damaged"));
      thrifty.stop();
      values.forEach(entry -> thrifty.store().put(entry.key(), entry.value()));
      thrifty.start();
      assertTrue(shown(thrifty).contains("Value: 5"));
    }
  }
}
