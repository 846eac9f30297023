// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.Place;
import org.myrhiza.frame.EpochSecret;
import org.myrhiza.frame.Invitation;
import org.myrhiza.hash.Blake3;
import org.myrhiza.instance.SyncState;
import org.myrhiza.kernel.Reply;
import org.myrhiza.log.Cut;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.Prefix;
import org.myrhiza.log.Subtree;
import org.myrhiza.sync.Heads;
import org.myrhiza.sync.Limits;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Offence;
import org.myrhiza.sync.Wish;
import org.myrhiza.testkit.HostileBytes;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.sim.RogueAuthor;
import org.myrhiza.testkit.sim.SimPeer;
import org.myrhiza.testkit.suite.Proves;

/** A member that lies about what it holds, and frames that are not what they seem. */
public final class HostileSyncSuite {
  /** Where a frame's channel begins and ends. */
  private static final int CHANNEL_AT = 1;

  private static final int CHANNEL_END = 33;
  private static final int FEW = 20;

  private final HostileTopic topic = new HostileTopic();

  private Bytes badEvent() {
    Event good = topic.hostile.author("mallory").next(HostileTopic.ADD_ONE);
    return Message.CODEC.encode(HostileTopic.events(RogueAuthor.badlySigned(good)));
  }

  @Test
  void headsThatAreToldAndNotServedCostTheLink() {
    topic.hostile.habit((from, message) -> {
      if (message instanceof Message.Pull pull) {
        topic.hostile.say(from, new Message.SyncComplete(pull.number(), 0, 9));
      }
    });
    topic.costs(
        Offence.UNSERVED,
        "events were announced and not served",
        () -> topic.hostile.say(topic.one, HostileTopic.lie()));
  }

  @Test
  void emptyPagesCostTheLink() {
    topic.hostile.habit((from, message) -> {
      if (message instanceof Message.Pull pull) {
        topic.hostile.say(from, new Message.Events(pull.number(), List.of(), true));
      }
    });
    HostileTopic.Held before = topic.held(topic.one);
    topic.hostile.say(topic.one, HostileTopic.lie());
    topic.world.run(HostileTopic.LONG);
    topic.hostile.say(topic.one, HostileTopic.lie());
    topic.world.run(HostileTopic.LONG);
    topic.onlyHostileIsClosed("an empty page of events");
    assertEquals(before, topic.held(topic.one));
    topic.converges();
  }

  /** Heads that explain nothing, with a log tree of more events than anybody has. */
  private void tellTree(SimPeer to) {
    Subtree root = new Subtree(Prefix.ALL, 99, topic.genesis().id().bytes());
    topic.hostile.say(to, new Message.Hello(Frontier.NOTHING, Wish.NONE, Optional.of(root)));
  }

  @Test
  void aLogTreeThatIsNoneCostsTheLink() {
    Bytes zero = Bytes.zeros(32);
    Subtree part = new Subtree(new Prefix(8, Bytes.of(1)), 9, zero);
    topic.hostile.habit((from, message) -> {
      if (message instanceof Message.Descend asked) {
        List<Cut> cuts =
            asked.ranges().stream().map(range -> new Cut(range, List.of(part, part))).toList();
        topic.hostile.say(from, new Message.Cuts(asked.number(), cuts));
      }
    });
    topic.costs(
        Offence.INCONSISTENT, "ranges that are none of one log tree", () -> tellTree(topic.one));
  }

  @Test
  void eventsThatOnlyTheLogTreeTellsAndNobodyServesCostTheLink() {
    Place place = new Place(7, Bytes.zeros(16), new EventId(Bytes.zeros(32)));
    Subtree nobodys = new Subtree(new Prefix(Prefix.PLACE_BITS, place.key()), 1, Bytes.zeros(32));
    topic.hostile.habit((from, message) -> {
      if (message instanceof Message.Descend asked) {
        Cut cut = new Cut(Prefix.ALL, List.of(nobodys));
        topic.hostile.say(from, new Message.Cuts(asked.number(), List.of(cut)));
      } else if (message instanceof Message.Want want) {
        topic.hostile.say(from, new Message.SyncComplete(want.number(), 0, 99));
      }
    });
    topic.costs(
        Offence.UNSERVED, "events of the log tree were not served", () -> tellTree(topic.one));
  }

  @Test
  @Proves("SYNC-8")
  void eventsThatAreAnnouncedAndNotServedCostTheLink() {
    topic.hostile.habit((from, message) -> {
      if (message instanceof Message.Graft asked) {
        topic.hostile.say(from, new Message.SyncComplete(asked.number(), 0, 9));
      }
    });
    HostileTopic.Held before = topic.held(topic.one);
    Seeded random = new Seeded(2);
    int times = Limits.CHARGE_BOUND / Offence.UNSERVED.points();
    for (int i = 0; i < times; i++) {
      assertEquals(List.of(), HostileTopic.closed(topic.one), "after " + i + " times");
      List<EventId> nobodys = List.of(new EventId(random.nextBytes(32)));
      topic.hostile.say(topic.one, new Message.Announce(nobodys));
      topic.world.run(Limits.GRAFT_MILLIS + HostileTopic.MOMENT);
    }
    topic.onlyHostileIsClosed("events were announced one by one and not served");
    assertEquals(before, topic.held(topic.one));
    topic.converges();
  }

  @Test
  @Proves("SYNC-8")
  void whoAnnouncesAndIsSilentHoldsNobodyUp() {
    Seeded random = new Seeded(3);
    topic.hostile.repeat(
        HostileTopic.MOMENT,
        () -> {
          List<EventId> nobodys = List.of(new EventId(random.nextBytes(32)));
          topic.hostile.say(topic.one, new Message.Announce(nobodys));
          topic.hostile.say(topic.one, new Message.Prune());
        });
    topic.world.run(HostileTopic.LONG);
    topic.converges();
    assertEquals(SyncState.SYNCED, topic.status(topic.one).sync());
    assertEquals(List.of(), HostileTopic.closed(topic.one));
  }

  @Test
  @Proves("SYNC-7")
  void whoKnowsNoHeadsIsToldThemOnce_andPaysForNumbersThatWereNotGivenOut() {
    int[] pulls = {0};
    topic.hostile.habit((from, message) -> {
      if (message instanceof Message.Pull pull) {
        pulls[0]++;
        topic.hostile.say(from, new Message.Unknown(pull.number()));
      }
    });
    topic.hostile.say(topic.one, HostileTopic.lie());
    topic.world.run(HostileTopic.MOMENT);
    assertEquals(1, pulls[0], "few heads are told with the pull, and then it is not made again");
    for (int i = 0; i < Limits.CHARGE_BOUND; i++) {
      assertEquals(List.of(), HostileTopic.closed(topic.one), "after " + i + " times");
      topic.hostile.say(topic.one, new Message.Unknown(Long.MAX_VALUE));
      topic.world.run(1);
    }
    topic.world.run(HostileTopic.MOMENT);
    topic.onlyHostileIsClosed("an answer that nobody asked for");
    topic.converges();
  }

  @Test
  @Proves("SYNC-7")
  void changesOfHeadsThatWereNeverToldCostTheLinkWhenTheyDoNotEnd() {
    Heads change = new Heads(9, 8, Frontier.NOTHING, List.of());
    Message hello = new Message.Hello(change, Wish.NONE, Optional.empty());
    for (int i = 1; i <= Limits.REQUESTS + Limits.CHARGE_BOUND; i++) {
      topic.hostile.say(topic.one, hello);
    }
    topic.world.run(HostileTopic.MOMENT);
    topic.onlyHostileIsClosed("more requests than a peer may make");
    topic.converges();
  }

  @Test
  void moreRequestsThanAPeerMayMakeCostTheLink() {
    HostileTopic.Held before = topic.held(topic.one);
    for (int i = 1; i <= Limits.REQUESTS + Limits.CHARGE_BOUND; i++) {
      topic.hostile.say(topic.one, new Message.Descend(i, List.of(Prefix.ALL)));
    }
    topic.world.run(HostileTopic.MOMENT);
    topic.onlyHostileIsClosed("more requests than a peer may make");
    assertEquals(before, topic.held(topic.one));
    topic.converges();
  }

  @Test
  void whoTellsALogTreeAndIsSilentHoldsNobodyUp() {
    topic.hostile.repeat(HostileTopic.MOMENT, () -> tellTree(topic.one));
    topic.world.run(HostileTopic.LONG);
    topic.converges();
    assertEquals(SyncState.SYNCED, topic.status(topic.one).sync());
    assertEquals(List.of(), HostileTopic.closed(topic.one));
  }

  @Test
  void whoNeverServesWhatItTellsHoldsNobodyUp() {
    holdsNobodyUp((from, pull) -> {});
  }

  @Test
  void whoServesTheSameAgainAndAgainHoldsNobodyUp() {
    List<Event> known = List.of(topic.genesis());
    holdsNobodyUp(
        (from, pull) -> topic.hostile.say(from, new Message.Events(pull.number(), known, true)));
  }

  /** A joiner greets a liar before it hears of anybody else, and the liar never stops. */
  private void holdsNobodyUp(BiConsumer<SimPeer, Message.Pull> answer) {
    SimPeer late = topic.world.addPeer();
    topic.hostile.habit((from, message) -> {
      if (message instanceof Message.Hello) {
        topic.hostile.say(from, HostileTopic.lie());
      } else if (message instanceof Message.Pull pull) {
        answer.accept(from, pull);
      }
    });
    topic.hostile.repeat(HostileTopic.MOMENT, () -> topic.hostile.say(late, HostileTopic.lie()));
    Reply.Opened joined = topic.script.join(late, topic.invite);
    assertEquals(topic.held(topic.one).events(), joined.status().counts().events());
    for (int i = 0; i < FEW; i++) {
      assertEquals(SyncState.SYNCED, topic.status(late).sync(), "at moment " + i);
      topic.world.run(3 * HostileTopic.MOMENT);
    }
    topic.converges();
    assertEquals(topic.held(topic.one).rows(), topic.held(late).rows());
    assertEquals(List.of(), HostileTopic.closed(late));
  }

  @Test
  void aFrameThatIsReplayedCountsOnce() {
    HostileTopic.Held before = topic.held(topic.one);
    Bytes frame = topic.hostile.seal(badEvent());
    for (int i = 0; i < FEW; i++) {
      topic.hostile.bring(topic.one, frame);
      topic.world.run(HostileTopic.MOMENT);
      topic.friend.bring(topic.one, frame);
      topic.world.run(HostileTopic.MOMENT);
    }
    assertEquals(List.of(), HostileTopic.closed(topic.one));
    assertEquals(before, topic.held(topic.one));
    topic.costsMore(
        1, Offence.BAD_EVENT, "a signature", () -> topic.hostile.sayBytes(topic.one, badEvent()));
  }

  @Test
  void aFrameInTheNameOfAnotherIsRefused() {
    topic.costs(
        Offence.UNOPENABLE,
        "a frame that names another sender",
        () -> topic.hostile.bring(topic.one, topic.friend.seal(badEvent())));
  }

  @Test
  void aFrameThatDoesNotOpenIsRefused() {
    topic.costs(
        Offence.UNOPENABLE,
        "a frame of",
        () -> {
          Bytes frame = topic.hostile.seal(badEvent());
          topic.hostile.bring(topic.one, HostileBytes.flipped(frame, frame.size() - 1));
        });
  }

  @Test
  void aFrameOfAChannelThatItIsNoMemberOfIsRefused() {
    String other = topic.script.create(topic.one, HostileTopic.BUNDLE).invite();
    EpochSecret secret = Invitation.parse(other).orThrow().secret();
    topic.costs(
        Offence.UNOPENABLE, "a frame of", () -> bringTo(secret, topic.hostile.seal(badEvent())));
  }

  @Test
  void aFrameOfAnUnknownChannelIsNotLookedAt() {
    HostileTopic.Held before = topic.held(topic.one);
    EpochSecret unknown = EpochSecret.of(Blake3.hash(Utf8.encode("unknown")));
    for (int i = 0; i < FEW; i++) {
      bringTo(unknown, topic.hostile.seal(badEvent()));
      topic.world.run(HostileTopic.MOMENT);
    }
    assertEquals(List.of(), HostileTopic.closed(topic.one));
    assertEquals(before, topic.held(topic.one));
    topic.converges();
  }

  private void bringTo(EpochSecret secret, Bytes frame) {
    Bytes channel = secret.channel().bytes();
    Bytes head = frame.slice(0, CHANNEL_AT);
    Bytes tail = frame.slice(CHANNEL_END, frame.size());
    topic.hostile.bring(topic.one, Bytes.concat(head, channel, tail));
  }
}
