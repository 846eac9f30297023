// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.AdmissionProof;
import org.myrhiza.event.Admit;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventCheck;
import org.myrhiza.event.EventHeader;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.EventVerdict;
import org.myrhiza.event.EventVerdict.Invalid;
import org.myrhiza.event.EventVerdict.Passed;
import org.myrhiza.event.EventVerdict.Rule;
import org.myrhiza.event.Fence;
import org.myrhiza.event.Join;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.SignedClaim;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.suites.event.EventVectors.Draft;

/** Each rule that an event's own bytes decide, broken alone. */
public final class EventCheckSuite {
  private final EventVectors vectors = new EventVectors();
  private final TopicId topic = TopicId.of(vectors.genesis().id());
  private final Event genesis = vectors.genesis();
  private final Event join = vectors.join();
  private final Event first = vectors.first();

  /** Made once per test. */
  public EventCheckSuite() {}

  private void refused(Rule rule, Event event, UnaryOperator<Draft> change) {
    Event changed = EventVectors.with(event, change);
    // A changed genesis is another topic's; it is asked about for that one.
    boolean begins = changed.header().kind() == EventKind.GENESIS && event.equals(genesis);
    expect(rule, EventCheck.check(changed, begins ? TopicId.of(changed.id()) : topic));
  }

  private static void expect(Rule rule, EventVerdict verdict) {
    switch (verdict) {
      case Passed passed -> fail("passed, though " + rule + " is broken");
      case Invalid invalid -> {
        assertEquals(rule, invalid.rule(), invalid.message());
        assertFalse(invalid.message().isEmpty());
      }
    }
  }

  private static Passed passed(EventVerdict verdict) {
    return switch (verdict) {
      case Passed passed -> passed;
      case Invalid invalid -> fail(invalid.message());
    };
  }

  @Test
  @Proves({"EVENT-6", "EVENT-8"})
  void goodEvents_pass_andNameTheirClaims() {
    Passed begun = passed(EventCheck.check(genesis, topic));
    assertEquals(Optional.of(vectors.key("founder")), begun.principal());
    assertEquals(
        List.of(genesis.claim(), vectors.genesisPayload().certificate().orElseThrow().claim()),
        begun.claims());
    Passed joined = passed(EventCheck.check(join, topic));
    assertEquals(Optional.of(vectors.key("friend")), joined.principal());
    assertEquals(2, joined.claims().size());
    Passed app = passed(EventCheck.check(first, topic));
    assertEquals(Optional.empty(), app.principal());
    assertEquals(List.of(first.claim()), app.claims());
  }

  @Test
  @Proves("EVENT-8")
  void join_ofALongTermKey_speaksForItself() {
    Bytes bare = Join.CODEC.encode(new Join(Optional.empty(), Optional.empty()));
    Event event = EventVectors.with(join, draft -> draft.payload(bare));
    Passed passed = passed(EventCheck.check(event, topic));
    assertEquals(Optional.of(join.header().signer()), passed.principal());
    assertEquals(List.of(event.claim()), passed.claims());
  }

  @Test
  @Proves("EVENT-2")
  void payload_otherBytesOfTheSameLength_isRefused() {
    refused(Rule.PAYLOAD, first, draft -> draft.bytes(Bytes.of(1, 0xfe)));
  }

  @Test
  @Proves("EVENT-4")
  void topic_anotherOrZeros_isRefused() {
    refused(Rule.TOPIC, first, draft -> draft.topic(TopicId.of(first.id())));
    refused(Rule.TOPIC, first, draft -> draft.topic(TopicId.NONE));
    refused(Rule.TOPIC, genesis, draft -> draft.topic(topic));
    expect(Rule.TOPIC, EventCheck.check(first, TopicId.of(first.id())));
    expect(Rule.TOPIC, EventCheck.check(genesis, TopicId.of(first.id())));
    expect(Rule.TOPIC, EventCheck.check(first, TopicId.NONE));
  }

  @Test
  @Proves("EVENT-4")
  void chain_seqKindAndPrevThatDoNotFit_areRefused() {
    Optional<EventId> some = Optional.of(genesis.id());
    List<EventId> cites = List.of(genesis.id());
    refused(Rule.CHAIN, first, draft -> draft.chain(2, Optional.empty(), cites));
    refused(Rule.CHAIN, join, draft -> draft.chain(1, some, List.of()));
    refused(Rule.CHAIN, join, draft -> draft.chain(2, some, List.of()));
    refused(Rule.CHAIN, join, draft -> draft.kind(EventKind.APP));
    refused(Rule.CHAIN, join, draft -> draft.kind(EventKind.SEAL));
    refused(Rule.CHAIN, first, draft -> draft.kind(EventKind.JOIN));
    refused(Rule.CHAIN, genesis, draft -> draft.chain(2, Optional.of(first.id()), List.of()));
  }

  @Test
  @Proves("EVENT-4")
  void parents_missingRepeatedOrOfAGenesis_areRefused() {
    List<EventId> cites = List.of(genesis.id());
    refused(Rule.PARENTS, join, draft -> draft.chain(1, Optional.empty(), List.of()));
    refused(Rule.PARENTS, first, draft -> draft.chain(2, Optional.of(genesis.id()), cites));
    refused(Rule.PARENTS, genesis, draft -> draft.chain(1, Optional.empty(), cites));
  }

  @Test
  @Proves("EVENT-9")
  void kind_ofALaterVersion_isReserved() {
    for (EventKind kind : List.of(EventKind.UPGRADE, EventKind.ANCHOR_POLICY, EventKind.SEAL)) {
      refused(Rule.RESERVED, first, draft -> draft.kind(kind));
    }
  }

  @Test
  @Proves("EVENT-13")
  void fence_ofItsOwnChainKey_isRefused() {
    PublicKey signer = first.header().signer();
    for (Fence.Subject subject : Fence.Subject.values()) {
      passed(EventCheck.check(fence(subject, vectors.key("friend")), topic));
    }
    passed(EventCheck.check(fence(Fence.Subject.PRINCIPAL, signer), topic));
    expect(Rule.CONTENT, EventCheck.check(fence(Fence.Subject.CHAIN_KEY, signer), topic));
    refused(Rule.CONTENT, first, draft -> draft.kind(EventKind.FENCE).payload(Bytes.of(0, 2)));
  }

  private Event fence(Fence.Subject subject, PublicKey key) {
    Bytes payload = Fence.CODEC.encode(new Fence(subject, key));
    return EventVectors.with(first, draft -> draft.kind(EventKind.FENCE).payload(payload));
  }

  @Test
  @Proves("EVENT-14")
  void admit_isWellFormed_orRefused() {
    PublicKey friend = vectors.key("friend");
    for (Admit.Subject subject : Admit.Subject.values()) {
      Bytes payload = Admit.CODEC.encode(new Admit(subject, friend));
      passed(
          EventCheck.check(
              EventVectors.with(first, draft -> draft.kind(EventKind.ADMIT).payload(payload)),
              topic));
    }
    Bytes bad = Bytes.of(0, 2).plus(friend.bytes());
    refused(Rule.CONTENT, first, draft -> draft.kind(EventKind.ADMIT).payload(bad));
  }

  @Test
  @Proves("EVENT-15")
  void admissionProof_isOneMoreClaim_overTopicAndPrincipal() {
    Join plain = vectors.joinPayload();
    AdmissionProof proof = vectors.admissionProof();
    Join proving = new Join(plain.certificate(), Optional.of(proof));
    Event event = EventVectors.with(join, draft -> draft.payload(Join.CODEC.encode(proving)));
    EventVerdict.Passed without = (EventVerdict.Passed) EventCheck.check(join, topic);
    EventVerdict.Passed with = (EventVerdict.Passed) EventCheck.check(event, topic);
    assertEquals(without.principal(), with.principal());
    SignedClaim claim = with.claims().getLast();
    assertEquals(without.claims().size() + 1, with.claims().size());
    assertEquals(proof.invitation(), claim.key());
    assertEquals(proof.signature(), claim.signature());
    assertEquals(AdmissionProof.message(topic, vectors.key("friend")), claim.message());
  }

  @Test
  @Proves({"EVENT-5", "EVENT-6", "EVENT-8"})
  void content_thatItsKindCannotRead_isRefused() {
    refused(Rule.CONTENT, first, draft -> draft.payload(Bytes.EMPTY));
    refused(Rule.CONTENT, first, draft -> draft.payload(Bytes.of(0, 1)));
    refused(Rule.CONTENT, first, draft -> draft.payload(Bytes.of(0x81, 0)));
    refused(Rule.CONTENT, join, draft -> draft.payload(Bytes.of(1)));
    refused(Rule.CONTENT, genesis, draft -> draft.payload(Bytes.of(0)));
  }

  @Test
  @Proves({"EVENT-6", "EVENT-8"})
  void certificate_ofAnotherKeyOrTopic_isRefused() {
    refused(Rule.CERTIFICATE, join, draft -> draft.signer(vectors.key("friend")));
    refused(Rule.CERTIFICATE, genesis, draft -> draft.signer(vectors.key("friend")));
    Join carried = new Join(vectors.genesisPayload().certificate(), Optional.empty());
    refused(
        Rule.CERTIFICATE,
        join,
        draft -> draft.signer(vectors.key("founder laptop")).payload(Join.CODEC.encode(carried)));
  }

  @Test
  @Proves({"EVENT-10", "ORDER-2"})
  void followsPrev_keySeqAndClock_areCompared() {
    passed(follows(first.header(), genesis.header()));
    expect(Rule.CHAIN, follows(first.header(), join.header()));
    expect(Rule.CHAIN, follows(first.header(), first.header()));
    Clock clock = genesis.header().clock();
    Event same = EventVectors.with(first, draft -> draft.clock(clock));
    expect(Rule.CLOCK, follows(same.header(), genesis.header()));
    Event next = EventVectors.with(first, draft -> draft.clock(clock.successor().orElseThrow()));
    passed(follows(next.header(), genesis.header()));
  }

  private static EventVerdict follows(EventHeader event, EventHeader prev) {
    return EventCheck.followsPrev(event, prev.signer(), prev.seq(), prev.clock());
  }
}
