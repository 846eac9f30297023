// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.Event;
import org.myrhiza.event.TopicId;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Offence;
import org.myrhiza.testkit.HostileBytes;
import org.myrhiza.testkit.sim.RogueAuthor;
import org.myrhiza.testkit.suite.Proves;

/** A member sends events that are none: whole kernels refuse them, and it costs its link alone. */
public final class HostileEventsSuite {
  /** Where in a message of events the number of events stands, and where the first begins. */
  private static final int COUNT_AT = 10;

  private static final int FIRST_AT = 11;

  private final HostileTopic topic = new HostileTopic();
  private final RogueAuthor author = topic.hostile.author("mallory");

  private void costs(Offence offence, String reason, Event bad) {
    topic.costs(offence, reason, () -> topic.hostile.say(topic.one, HostileTopic.events(bad)));
  }

  @Test
  @Proves("ORDER-1")
  void aBadSignatureIsRefused() {
    Event good = author.next(HostileTopic.ADD_ONE);
    costs(
        Offence.BAD_EVENT,
        "a signature of event " + good.id().text(),
        RogueAuthor.badlySigned(good));
  }

  @Test
  void aPayloadThatTheHeaderDoesNotNameIsRefused() {
    Event good = author.next(HostileTopic.ADD_ONE);
    costs(Offence.BAD_EVENT, "payload hash", RogueAuthor.withOtherPayload(good));
  }

  @Test
  void anEventOfAnotherTopicIsRefusedAlsoWhenThatTopicIsHere() {
    TopicId other = topic.script.create(topic.one, HostileTopic.BUNDLE).status().instance();
    Event foreign = topic.hostile.author("mallory", other).next(HostileTopic.ADD_ONE);
    costs(Offence.BAD_EVENT, "topic: " + other.text(), foreign);
    for (InstanceStatus status : topic.script.list(topic.one)) {
      if (status.instance().equals(other)) {
        assertEquals(1, status.counts().events());
      }
    }
  }

  @Test
  void anEventThatItsPastForbidsIsRefused() {
    Event join = author.next(HostileTopic.ADD_ONE);
    topic.hostile.say(topic.one, HostileTopic.events(join));
    topic.world.run(HostileTopic.MOMENT);
    Event skipping = author.event(7, Optional.of(join.id()), HostileTopic.ADD_ONE);
    Event child = author.event(8, Optional.of(skipping.id()), HostileTopic.ADD_ONE);
    topic.hostile.say(topic.one, HostileTopic.events(child));
    topic.world.run(HostileTopic.MOMENT);
    assertEquals(1, topic.held(topic.one).pending());
    topic.hostile.say(topic.one, HostileTopic.events(skipping));
    topic.world.run(HostileTopic.MOMENT);
    assertEquals(0, topic.held(topic.one).pending(), "what waited for it goes with it");
    for (int i = 0; i < 3; i++) {
      assertEquals(0, HostileTopic.closed(topic.one).size(), "both were charged once");
      topic.hostile.say(topic.one, HostileTopic.events(i % 2 == 0 ? child : skipping));
      topic.world.run(HostileTopic.MOMENT);
    }
    topic.onlyHostileIsClosed("which is not valid");
    topic.converges();
  }

  @Test
  void aBadCopyLeavesNoTraceUnderTheId() {
    for (int i = 0; i < 5; i++) {
      Event good = author.next(HostileTopic.ADD_ONE);
      Event bad =
          i == 0 || i % 2 == 1 ? RogueAuthor.badlySigned(good) : RogueAuthor.withOtherPayload(good);
      long events = topic.held(topic.one).events();
      topic.hostile.say(topic.one, HostileTopic.events(bad));
      topic.world.run(HostileTopic.MOMENT);
      assertEquals(events, topic.held(topic.one).events());
      topic.friend.say(topic.one, HostileTopic.events(good));
      topic.world.run(HostileTopic.MOMENT);
      assertEquals(events + 1, topic.held(topic.one).events(), "event " + i);
    }
    topic.onlyHostileIsClosed("payload hash");
    topic.converges();
  }

  @Test
  void aBadCopyThatIsBeingVerifiedDoesNotStandInTheWayOfAGoodOne() {
    topic.one.holdVerifiesBack(HostileTopic.MOMENT);
    for (int i = 0; i < 5; i++) {
      Event good = author.next(HostileTopic.ADD_ONE);
      long events = topic.held(topic.one).events();
      topic.hostile.say(topic.one, HostileTopic.events(RogueAuthor.badlySigned(good)));
      topic.world.run(HostileTopic.MOMENT / 2);
      topic.friend.say(topic.one, HostileTopic.events(good));
      topic.world.run(HostileTopic.MOMENT);
      assertEquals(events, topic.held(topic.one).events());
      topic.world.run(HostileTopic.MOMENT);
      assertEquals(events + 1, topic.held(topic.one).events(), "event " + i);
    }
    topic.onlyHostileIsClosed("a signature");
    topic.converges();
  }

  /** 2^31 in LEB128. */
  private static final Bytes TOO_MANY = Bytes.of(0x80, 0x80, 0x80, 0x80, 0x08);

  @Test
  void bytesThatAreNoCanonicalMessageAreRefused() {
    Event good = author.next(HostileTopic.ADD_ONE);
    Bytes bytes = Message.CODEC.encode(HostileTopic.events(good));
    int end = bytes.size();
    Bytes head = bytes.slice(0, COUNT_AT);
    Bytes tail = bytes.slice(FIRST_AT, end);
    malformed("cut", bytes.slice(0, end - 2));
    malformed("one byte more", bytes.plus(Bytes.of(0)));
    malformed("a flag that is neither 0 nor 1", bytes.slice(0, end - 3).plus(Bytes.of(2, 0, 0)));
    malformed("more left than a log holds", bytes.slice(0, end - 1).plus(TOO_MANY));
    malformed("a message of the version before", Bytes.of(0).plus(bytes.slice(1, end)));
    malformed("a longer count than needed", Bytes.concat(head, Bytes.of(0x81, 0), tail));
    malformed("more events than there are", Bytes.concat(head, Bytes.of(2), tail));
    malformed("another version of the event", HostileBytes.flipped(bytes, FIRST_AT));
    malformed("noise", Bytes.zeros(end));
    malformed("nothing", Bytes.EMPTY);
  }

  private static void malformed(String what, Bytes plaintext) {
    HostileTopic fresh = new HostileTopic();
    String reason = "too much bad input, last: " + refusal(what, plaintext);
    fresh.costs(Offence.MALFORMED, reason, () -> fresh.hostile.sayBytes(fresh.one, plaintext));
  }

  private static String refusal(String what, Bytes plaintext) {
    return switch (Message.CODEC.decode(plaintext)) {
      case Decoded.Bad<Message> bad -> bad.malformed().message();
      case Decoded.Ok<Message> ok ->
          throw new IllegalStateException(what + " is a message: " + ok.value());
    };
  }
}
