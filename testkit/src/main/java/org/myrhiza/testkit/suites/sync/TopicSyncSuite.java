// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Join;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.Received;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.Log;
import org.myrhiza.log.Source;
import org.myrhiza.log.Tip;
import org.myrhiza.sync.Limits;
import org.myrhiza.sync.LinkAccount;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Offence;
import org.myrhiza.sync.TopicSync;
import org.myrhiza.sync.Wish;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.Deliveries;
import org.myrhiza.testkit.graph.EventGraph;

/** What sync says to peers that are ahead, silent or lying. */
final class TopicSyncSuite {
  private static final Bytes ID = Bytes.zeros(32);
  private static final Frontier AHEAD =
      new Frontier(List.of(new Tip(new PublicKey(ID), 3, new EventId(ID))));

  private final FakeSyncPort port = new FakeSyncPort();
  private final TopicSync sync = new TopicSync(port);

  private long pullNumber() {
    long number = 0;
    for (Message message : port.messages) {
      number = message instanceof Message.Pull pull ? pull.number() : number;
    }
    return number;
  }

  @Test
  void whoIsAheadIsPulledFromOneAtATime() {
    sync.peerUp(1);
    sync.peerUp(2);
    assertEquals(List.of("1 Hello", "2 Hello"), port.takeSent());
    sync.handle(1, new Message.Hello(AHEAD, Wish.NONE));
    sync.handle(2, new Message.Hello(AHEAD, Wish.NONE));
    assertEquals(List.of("1 Pull"), port.takeSent());
    assertFalse(sync.isSynced());
  }

  @Test
  void whoDoesNotAnswerIsFollowedByTheNext() {
    sync.peerUp(1);
    sync.peerUp(2);
    sync.handle(1, new Message.Hello(AHEAD, Wish.NONE));
    sync.handle(2, new Message.Hello(AHEAD, Wish.NONE));
    port.takeSent();
    port.pass(Limits.RETRY_MILLIS);
    assertTrue(port.takeSent().contains("2 Pull"));
    sync.peerDown(2);
    assertTrue(port.takeSent().contains("1 Pull"));
  }

  @Test
  void whoAnnouncesAndDoesNotServeIsCharged() {
    sync.peerUp(1);
    sync.handle(1, new Message.Hello(AHEAD, Wish.NONE));
    sync.handle(1, new Message.SyncComplete(pullNumber(), 0, 0));
    assertEquals(Offence.UNSERVED.points(), port.points(1));
    sync.handle(1, new Message.Hello(AHEAD, Wish.NONE));
    sync.handle(1, new Message.Events(pullNumber(), List.of(), true));
    assertEquals(2 * Offence.UNSERVED.points(), port.points(1));
  }

  private Message page() {
    Event any = EventGraph.genesis(new Seeded(1), new PublicKey(ID));
    return new Message.Events(pullNumber(), List.of(any), true);
  }

  private void twoAreAhead() {
    sync.peerUp(1);
    sync.peerUp(2);
    sync.handle(1, new Message.Hello(AHEAD, Wish.NONE));
    sync.handle(2, new Message.Hello(AHEAD, Wish.NONE));
    port.takeSent();
  }

  @Test
  void whoIsAheadTakesTurnsPageByPage() {
    twoAreAhead();
    port.received = new Received.Placed(List.of());
    sync.handle(1, page());
    assertEquals(List.of("2 Pull"), port.takeSent());
    sync.handle(2, page());
    assertEquals(List.of("1 Pull"), port.takeSent());
  }

  @Test
  void whoServesNothingNewComesLastUntilItServesSome() {
    twoAreAhead();
    port.received = new Received.Known();
    sync.handle(1, page());
    assertEquals(List.of("2 Pull"), port.takeSent());
    port.received = new Received.Placed(List.of());
    sync.handle(2, page());
    assertEquals(List.of("2 Pull"), port.takeSent());
    sync.peerDown(2);
    assertEquals(List.of("1 Pull"), port.takeSent());
    sync.handle(1, page());
    sync.handle(2, new Message.Hello(AHEAD, Wish.NONE));
    port.takeSent();
    sync.handle(1, page());
    assertEquals(List.of("2 Pull"), port.takeSent());
    sync.handle(2, page());
    assertEquals(List.of("1 Pull"), port.takeSent());
  }

  @Test
  void whoFindsNoRoomIsAskedAgainLaterAndNotCharged() {
    sync.handle(1, new Message.Hello(AHEAD, Wish.NONE));
    port.takeSent();
    port.received = new Received.Dropped();
    for (int i = 0; i < 2 * Limits.FAILURES; i++) {
      long number = pullNumber();
      sync.handle(1, page());
      sync.handle(1, new Message.SyncComplete(number, 1, 1));
      assertFalse(port.takeSent().contains("1 Pull"));
      assertFalse(sync.isSynced());
      port.pass(Limits.RETRY_MILLIS);
      assertTrue(port.takeSent().contains("1 Pull"));
    }
    assertEquals(0, port.points(1));
  }

  @Test
  void answersThatNobodyAskedForChangeNothingAndAreCharged() {
    sync.peerUp(1);
    sync.handle(1, new Message.SyncComplete(9, 0, 0));
    assertFalse(sync.isSynced());
    assertEquals(Offence.FLOOD.points(), port.points(1));
    sync.handle(1, new Message.Cuts(9, List.of()));
    assertEquals(2 * Offence.FLOOD.points(), port.points(1));
  }

  @Test
  void nothingIsPulledWhileNothingIsWanted() {
    port.wanted = 0;
    sync.peerUp(1);
    port.takeSent();
    sync.handle(1, new Message.Hello(AHEAD, Wish.NONE));
    assertEquals(List.of(), port.takeSent());
    port.wanted = 1;
    sync.pump();
    assertEquals(List.of("1 Pull"), port.takeSent());
  }

  @Test
  void whoAsksIsAnswered() {
    sync.handle(7, new Message.Hello(Frontier.NOTHING, Wish.ANSWER));
    assertEquals(List.of("7 Hello", "7 Hello"), port.takeSent());
    sync.handle(7, new Message.Pull(4, Frontier.NOTHING, 10));
    assertEquals(List.of("7 SyncComplete"), port.takeSent());
  }

  @Test
  void linksAreClosedPastTheBoundAndNotBefore() {
    LinkAccount account = new LinkAccount();
    int times = Limits.CHARGE_BOUND / Offence.MALFORMED.points();
    for (int i = 1; i < times; i++) {
      assertFalse(account.charge(Offence.MALFORMED, "bytes"));
    }
    assertTrue(account.charge(Offence.MALFORMED, "bytes"));
    assertTrue(account.isOver());
  }

  @Test
  void proofs_comeInOneMessageARequest_andAskingTooOftenIsCharged() {
    Seeded random = new Seeded(11);
    PublicKey founder = new PublicKey(random.nextBytes(32));
    Event genesis = EventGraph.genesis(random, founder);
    TopicId topic = TopicId.of(genesis.id());
    port.log = Log.empty(topic);
    Deliveries.deliver(port.log, genesis, Source.LOCAL);
    for (int i = 0; i <= Limits.PROOFS; i++) {
      fork(topic, genesis, new PublicKey(random.nextBytes(32)));
    }
    assertEquals(Limits.PROOFS + 1, port.log.forks().size());
    sync.handle(1, new Message.Forks(List.of()));
    List<Message.Proofs> sent =
        port.messages.stream()
            .flatMap(message -> message instanceof Message.Proofs p ? Stream.of(p) : Stream.empty())
            .toList();
    assertEquals(List.of(Limits.PROOFS), sent.stream().map(p -> p.proofs().size()).toList());
    for (int i = 1; i < Limits.REQUESTS; i++) {
      sync.handle(1, new Message.Forks(List.of()));
    }
    assertEquals(0, port.points(1));
    int before = port.messages.size();
    sync.handle(1, new Message.Forks(List.of()));
    assertEquals(Offence.FLOOD.points(), port.points(1));
    assertEquals(before, port.messages.size());
  }

  private void fork(TopicId topic, Event genesis, PublicKey key) {
    EventGraph.Draft first =
        new EventGraph.Draft(1, Optional.empty(), List.of(genesis.id()), new Clock(2_000, 0));
    Bytes join = Join.CODEC.encode(new Join(Optional.empty(), Optional.empty()));
    Event joined = EventGraph.event(topic, key, first, EventKind.JOIN, join);
    Deliveries.deliver(port.log, joined, Source.LOCAL);
    EventGraph.Draft second =
        new EventGraph.Draft(2, Optional.of(joined.id()), List.of(), new Clock(3_000, 0));
    for (int tag = 1; tag <= 2; tag++) {
      Bytes payload = new AppPayload(tag, Bytes.EMPTY).encode();
      Event app = EventGraph.event(topic, key, second, EventKind.APP, payload);
      Deliveries.deliver(port.log, app, Source.LOCAL);
    }
  }
}
