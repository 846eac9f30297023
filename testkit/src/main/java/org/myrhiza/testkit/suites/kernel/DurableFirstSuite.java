// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Limits;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Reply;
import org.myrhiza.kernel.Write;
import org.myrhiza.log.Frontier;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Wish;
import org.myrhiza.testkit.sim.SimPeer;
import org.myrhiza.view.Field;

/** A store that is slow: until an event is on disk, no answer, status or frame knows of it. */
public final class DurableFirstSuite {
  private static final long HELD = 300_000;
  private static final int STEPS = 100;
  private static final int PAGE_EVENTS = 100;

  /** First bytes of the store's keys of log entries and verdicts; they end with the event's id. */
  private static final int LOG_ENTRY = 3;

  private static final int VERDICT = 4;

  private final HostileTopic topic = new HostileTopic();
  private final SimPeer one = topic.one;
  private final List<Reply> replies = new ArrayList<>();
  private final int since = hold();

  /** From now on the store is slow, and whoever watches is told of changes. */
  private int hold() {
    one.ask(new Command.Watch(true), _ -> {});
    topic.world.run(HostileTopic.MOMENT);
    one.holdPersistsBack(HELD);
    return one.effects().size();
  }

  private List<Effect> effects() {
    List<Effect> all = one.effects();
    return all.subList(since, all.size());
  }

  /** The events on their way to the disk. */
  private List<EventId> written() {
    return effects().stream()
        .filter(effect -> effect instanceof Effect.Persist)
        .flatMap(effect -> ((Effect.Persist) effect).writes().stream())
        .filter(write -> write instanceof Write.Put put && put.key().at(0) == LOG_ENTRY)
        .map(write -> idOf(((Write.Put) write).key()))
        .toList();
  }

  private static EventId idOf(Bytes key) {
    return new EventId(key.slice(key.size() - Limits.ID_BYTES, key.size()));
  }

  private boolean isStored(int kind, EventId id) {
    return one.store().all().stream()
        .anyMatch(entry -> entry.key().at(0) == kind && idOf(entry.key()).equals(id));
  }

  private void ask(Command command, EventId id) {
    one.ask(
        command,
        reply -> {
          assertTrue(isStored(LOG_ENTRY, id), "answered before the event was on disk: " + reply);
          replies.add(reply);
        });
  }

  /**
   * Asks all that could show an event, also as a peer, lets many steps pass, and then the store get
   * ready.
   */
  private void showsOnlyOnceItIsOnDisk(EventId id) {
    ask(new Command.ViewApp(HostileTopic.APP), id);
    ask(new Command.AppLog(HostileTopic.APP, 0, STEPS), id);
    ask(new Command.ListApps(), id);
    ask(new Command.Status(), id);
    topic.friend.say(one, new Message.Hello(Frontier.NOTHING, Wish.ANSWER));
    topic.friend.say(one, new Message.Pull(1, Frontier.NOTHING, PAGE_EVENTS));
    long steps = topic.world.steps();
    topic.world.run(HELD / 2);
    assertTrue(topic.world.steps() - steps >= STEPS, "too few steps");
    assertFalse(isStored(LOG_ENTRY, id));
    List<Effect> meanwhile = effects();
    assertTrue(meanwhile.stream().noneMatch(effect -> effect instanceof Effect.Answer));
    assertTrue(meanwhile.stream().noneMatch(effect -> effect instanceof Effect.Changed));
    assertFalse(topic.tells(meanwhile, id), "it told of an event that is not on disk");
    topic.world.run(4 * HELD);
    assertEquals(4, replies.size());
    assertTrue(effects().stream().anyMatch(effect -> effect instanceof Effect.Changed));
    assertTrue(topic.tells(effects(), id), "it tells of it once it is on disk");
    one.holdPersistsBack(0);
    topic.world.run(HELD);
    topic.converges();
  }

  @Test
  void nothingOfAnOwnEventLeavesBeforeItIsOnDisk() {
    List<Reply> acted = new ArrayList<>();
    Field amount = new Field("amount", "3");
    one.ask(
        new Command.Act(HostileTopic.APP, "add", List.of(amount), 0),
        reply -> {
          EventId id = assertInstanceOf(Reply.Acted.class, reply).event();
          assertTrue(isStored(LOG_ENTRY, id) && isStored(VERDICT, id), "acknowledged too early");
          acted.add(reply);
        });
    assertTrue(topic.world.runUntil(() -> !written().isEmpty(), HostileTopic.LONG));
    EventId id = written().get(0);
    showsOnlyOnceItIsOnDisk(id);
    assertEquals(id, assertInstanceOf(Reply.Acted.class, acted.get(0)).event());
  }

  @Test
  void nothingOfAReceivedEventLeavesBeforeItIsOnDisk() {
    Event event = topic.friend.author("friend").next(HostileTopic.ADD_ONE);
    topic.friend.say(one, HostileTopic.events(event));
    assertTrue(topic.world.runUntil(() -> !written().isEmpty(), HostileTopic.LONG));
    assertEquals(List.of(event.id()), written());
    showsOnlyOnceItIsOnDisk(event.id());
  }
}
