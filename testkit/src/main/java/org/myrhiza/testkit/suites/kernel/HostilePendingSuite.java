// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.kernel.Effect;
import org.myrhiza.log.Limits;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Offence;
import org.myrhiza.testkit.sim.HostilePeer;
import org.myrhiza.testkit.sim.RogueAuthor;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.view.Field;

/** Events without their past wait, are no part of anything that shows, and cost their own link. */
public final class HostilePendingSuite {
  private static final int PAGE = org.myrhiza.sync.Limits.PAGE_EVENTS;

  private final HostileTopic topic = new HostileTopic();

  private void say(HostilePeer from, List<Event> events) {
    for (int i = 0; i < events.size(); i += PAGE) {
      List<Event> page = events.subList(i, Math.min(events.size(), i + PAGE));
      from.say(topic.one, new Message.Events(0, page, false));
      topic.world.run(HostileTopic.MOMENT);
    }
  }

  private boolean tells(int since, EventId id) {
    List<Effect> effects = topic.one.effects();
    return topic.tells(effects.subList(since, effects.size()), id);
  }

  private long pending() {
    return topic.held(topic.one).pending();
  }

  @Test
  @Proves({"ORDER-1", "ORDER-6"})
  void anEventWithoutItsPastShowsNowhereUntilItsPastIsThere() {
    RogueAuthor author = topic.hostile.author("mallory");
    Event join = author.next(HostileTopic.ADD_ONE);
    Event add = author.next(HostileTopic.ADD_ONE);
    HostileTopic.Held before = topic.held(topic.one);
    int since = topic.one.effects().size();
    say(topic.hostile, List.of(add));
    topic.world.run(HostileTopic.LONG);
    HostileTopic.Held waiting = topic.held(topic.one);
    assertEquals(1, waiting.pending());
    assertEquals(before.events(), waiting.events());
    assertEquals(before.rows(), waiting.rows());
    assertEquals(before.store(), waiting.store());
    assertFalse(tells(since, add.id()), "it told of an event that waits");
    say(topic.friend, List.of(join));
    HostileTopic.Held after = topic.held(topic.one);
    assertEquals(0, after.pending());
    assertEquals(before.events() + 2, after.events());
    topic.converges();
    assertTrue(tells(since, add.id()), "it tells of a valid event");
    assertEquals(List.of(), HostileTopic.closed(topic.one));
  }

  @Test
  void whoSendsTooManyPaysAndOthersKeepTheirs() {
    RogueAuthor honest = topic.friend.author("friend");
    Event join = honest.next(HostileTopic.ADD_ONE);
    say(topic.friend, List.of(honest.next(HostileTopic.ADD_ONE)));
    int free = org.myrhiza.sync.Limits.CHARGE_BOUND / Offence.EVICTED.points();
    List<Event> orphans =
        topic.hostile.author("mallory").orphans(Limits.PENDING_EVENTS + free, HostileTopic.ADD_ONE);
    say(topic.hostile, orphans.subList(0, Limits.PENDING_EVENTS));
    assertEquals(Limits.PENDING_EVENTS + 1, pending());
    say(topic.hostile, orphans.subList(Limits.PENDING_EVENTS, orphans.size() - 1));
    assertEquals(Limits.PENDING_EVENTS + 1, pending());
    assertEquals(List.of(), HostileTopic.closed(topic.one));
    say(topic.hostile, orphans.subList(orphans.size() - 1, orphans.size()));
    topic.onlyHostileIsClosed("too many events without their past");
    assertEquals(1, pending(), "a closed link keeps nothing waiting");
    say(topic.friend, List.of(join));
    assertEquals(0, pending());
    topic.converges();
  }

  @Test
  @Proves("ORDER-6")
  void whatWaitsGoesWithTheLinkThatSentIt() {
    say(topic.hostile, topic.hostile.author("mallory").orphans(9, HostileTopic.ADD_ONE));
    say(topic.friend, topic.friend.author("friend").orphans(1, HostileTopic.ADD_ONE));
    assertEquals(10, pending());
    topic.hostile.leave();
    topic.world.run(HostileTopic.MOMENT);
    assertEquals(1, pending());
    topic.friend.leave();
    topic.converges();
  }

  @Test
  void whatWaitsGoesWhenItsLinkIsClosedForSomethingElse() {
    say(topic.hostile, topic.hostile.author("mallory").orphans(9, HostileTopic.ADD_ONE));
    assertEquals(9, pending());
    for (int i = 0; i < org.myrhiza.sync.Limits.CHARGE_BOUND / Offence.MALFORMED.points(); i++) {
      topic.hostile.sayBytes(topic.one, Bytes.EMPTY);
      topic.world.run(HostileTopic.MOMENT);
    }
    topic.onlyHostileIsClosed("too much bad input");
    assertEquals(0, pending());
    assertEquals(2, topic.status(topic.one).peers(), "a closed link is no peer");
    topic.converges();
  }

  @Test
  void whatIsStillBeingVerifiedWhenItsLinkGoesDoesNotStay() {
    topic.one.holdVerifiesBack(2 * HostileTopic.MOMENT);
    say(topic.hostile, topic.hostile.author("mallory").orphans(9, HostileTopic.ADD_ONE));
    RogueAuthor honest = topic.friend.author("friend");
    long events = topic.held(topic.one).events();
    say(topic.friend, List.of(honest.next(HostileTopic.ADD_ONE)));
    topic.hostile.leave();
    topic.friend.leave();
    topic.world.run(4 * HostileTopic.MOMENT);
    assertEquals(0, pending(), "nobody is left to answer for them");
    assertEquals(events + 1, topic.held(topic.one).events(), "a valid event needs nobody");
    topic.converges();
  }

  @Test
  void whoFillsTheRoomForVerificationCostsOthersTimeAndNothingElse() {
    topic.one.holdVerifiesBack(HostileTopic.LONG);
    List<Event> orphans =
        topic
            .hostile
            .author("mallory")
            .orphans(org.myrhiza.instance.Limits.VERIFYING, HostileTopic.ADD_ONE);
    say(topic.hostile, orphans);
    topic.one.holdVerifiesBack(0);
    long events = topic.held(topic.one).events();
    topic.script.act(topic.two, HostileTopic.APP, "add", new Field("amount", "1"));
    topic.world.run(HostileTopic.LONG / 2);
    assertEquals(events, topic.held(topic.one).events(), "there was room");
    assertEquals(List.of(), HostileTopic.closed(topic.one), "an honest link was charged");
    topic.world.run(HostileTopic.LONG);
    assertEquals(events + 1, topic.held(topic.one).events());
    topic.hostile.leave();
    topic.converges();
  }
}
