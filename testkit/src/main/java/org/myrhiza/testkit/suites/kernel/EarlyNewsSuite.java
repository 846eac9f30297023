// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Input;
import org.myrhiza.kernel.LinkId;
import org.myrhiza.kernel.LinkKind;
import org.myrhiza.kernel.Reply;
import org.myrhiza.kernel.StoreEntry;
import org.myrhiza.sync.Message;
import org.myrhiza.testkit.sim.RogueAuthor;
import org.myrhiza.testkit.sim.SimPeer;
import org.myrhiza.view.Field;

/** What links bring to a peer that cannot keep it: still starting, damaged, or not yet joined. */
public final class EarlyNewsSuite {
  private static final LinkId LINK = new LinkId(999);
  private static final int START_STEPS = 16;
  private static final int FLOOD = 200;

  private final HostileTopic topic = new HostileTopic();

  /** Made once per test. */
  public EarlyNewsSuite() {}

  private Bytes frame(RogueAuthor author) {
    Event join = author.next(Bytes.EMPTY);
    Event act = author.next(HostileTopic.ADD_ONE);
    return topic.hostile.seal(Message.CODEC.encode(HostileTopic.events(join, act)));
  }

  private void comesUp(SimPeer peer, LinkKind kind) {
    peer.tell(now -> new Input.LinkUp(now, LINK, topic.hostile.transport(), kind, false));
  }

  private void bring(SimPeer peer, Bytes frame) {
    peer.tell(now -> new Input.FrameArrived(now, LINK, frame));
  }

  /** At each of its steps, since another part of the store has been read at each. */
  @Test
  void whatComesWhileAPeerStarts_isNotTaken_andNothingIsIndexedThatIsNotKept() {
    for (LinkKind kind : List.of(LinkKind.QUIC, LinkKind.RELAY)) {
      for (int step = 0; step < START_STEPS; step++) {
        topic.two.stop();
        topic.two.start();
        topic.world.run(step);
        comesUp(topic.two, kind);
        bring(topic.two, frame(topic.hostile.author(kind + " " + step)));
        topic.world.run(HostileTopic.MOMENT);
        topic.two.stop();
        topic.two.start();
        assertEquals("", topic.status(topic.two).note(), kind + " at step " + step);
        long rows = topic.script.log(topic.two, HostileTopic.APP).rows().size();
        assertEquals("", topic.status(topic.two).note(), kind + " at step " + step);
        assertEquals(topic.status(topic.two).counts().events(), rows);
      }
    }
    topic.script.act(topic.one, HostileTopic.APP, "add", new Field("amount", "3"));
    topic.world.run(HostileTopic.LONG);
    assertEquals(topic.status(topic.one).digest(), topic.status(topic.two).digest());
  }

  @Test
  void directLinksToAPeerThatStarts_areClosed_toBeTriedAgain() {
    topic.two.stop();
    topic.two.start();
    comesUp(topic.two, LinkKind.QUIC);
    Effect.CloseLink closed = HostileTopic.closed(topic.two).getLast();
    assertEquals(LINK, closed.link());
    assertTrue(closed.reason().contains("still starts"), closed.reason());
  }

  @Test
  void aDamagedRoom_takesNothing_andServesNothing() {
    SimPeer peer = topic.two;
    peer.stop();
    for (StoreEntry entry : List.copyOf(peer.store().all())) {
      if (entry.key().at(0) == 8 || entry.key().at(0) == 3) {
        peer.store().put(entry.key(), Bytes.EMPTY);
      }
    }
    peer.start();
    assertTrue(topic.status(peer).note().contains("damaged"), topic.status(peer).note());
    List<StoreEntry> before = peer.store().all();
    comesUp(peer, LinkKind.QUIC);
    int effects = peer.effects().size();
    bring(peer, frame(topic.hostile.author("late")));
    bring(peer, topic.hostile.seal(Message.CODEC.encode(HostileTopic.lie())));
    topic.world.run(HostileTopic.LONG);
    List<Effect> after = peer.effects().subList(effects, peer.effects().size());
    assertTrue(after.stream().noneMatch(EarlyNewsSuite::isWork), after::toString);
    assertEquals(before, peer.store().all());
  }

  private static boolean isWork(Effect effect) {
    return effect instanceof Effect.Verify
        || effect instanceof Effect.Send
        || effect instanceof Effect.Publish;
  }

  @Test
  void whatIsPushedWhileATopicIsJoined_isBounded() {
    Event genesis = topic.genesis();
    topic.one.stop();
    topic.two.stop();
    topic.friend.leave();
    topic.hostile.habit((from, message) -> {
      if (message instanceof Message.Pull pull) {
        topic.hostile.say(from, new Message.Events(pull.number(), List.of(genesis), false));
      }
    });
    SimPeer joining = topic.world.addPeer();
    Command join = new Command.JoinApp(topic.invite, "", Optional.empty(), HostileTopic.LONG);
    joining.ask(join, reply -> assertTrue(reply instanceof Reply.Failed, reply::toString));
    topic.world.run(HostileTopic.MOMENT);
    topic.hostile.say(joining, HostileTopic.lie());
    topic.world.run(HostileTopic.MOMENT);
    RogueAuthor author = topic.hostile.author("flood");
    for (int i = 0; i < FLOOD; i++) {
      topic.hostile.say(joining, HostileTopic.events(author.next(HostileTopic.ADD_ONE)));
      topic.world.run(10);
    }
    long verified =
        joining.effects().stream().filter(effect -> effect instanceof Effect.Verify).count();
    assertTrue(verified > 1, "the genesis and some events were taken: " + verified);
    assertTrue(verified < FLOOD / 2, "taken: " + verified);
  }
}
