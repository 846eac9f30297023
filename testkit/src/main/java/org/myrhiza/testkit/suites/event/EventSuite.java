// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Codec;
import org.myrhiza.event.AdmissionProof;
import org.myrhiza.event.Admit;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventHeader;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Fence;
import org.myrhiza.event.ForkProof;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.Join;
import org.myrhiza.event.Limits;
import org.myrhiza.event.Place;
import org.myrhiza.event.TopicId;
import org.myrhiza.event.TopicPolicy;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.identity.SignedClaim;
import org.myrhiza.testkit.HostileBytes;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.testkit.suite.Proves;

/** Every structure of an event has its golden bytes, and refuses all others. */
public final class EventSuite {
  private static final String[] EVENTS = {"genesis", "join", "first", "second", "forked"};

  private final EventVectors vectors = new EventVectors();

  /** Made once per test. */
  public EventSuite() {}

  private static <T> void golden(String name, Codec<T> codec, T value, String hex) {
    assertEquals(hex, codec.encode(value).toHex(), name);
    assertEquals(value, codec.decode(Bytes.hex(hex)).orThrow(), name);
  }

  private String hex(String section, String name) {
    return vectors.file().at(section).at(name).text();
  }

  @Test
  @Proves({"EVENT-1", "EVENT-2", "EVENT-3", "HASH-3"})
  void golden_events_haveTheirBytesAndIds() {
    for (String name : EVENTS) {
      Event event = vectors.named(name);
      assertEquals(hex("ids", name), event.id().bytes().toHex(), name);
      golden(name, Event.CODEC, event, hex("events", name));
      golden(name, EventHeader.CODEC, event.header(), hex("headers", name));
      assertEquals(event.id(), Event.CODEC.decode(event.encode()).orThrow().id());
    }
  }

  @Test
  @Proves({"EVENT-5", "EVENT-6", "EVENT-7", "EVENT-8", "EVENT-13", "EVENT-14", "EVENT-15"})
  void golden_payloads_haveTheirBytes() {
    golden("genesis", Genesis.CODEC, vectors.genesisPayload(), hex("payloads", "genesis"));
    golden("join", Join.CODEC, vectors.joinPayload(), hex("payloads", "join"));
    golden("policy", TopicPolicy.CODEC, vectors.policy(), hex("payloads", "policy"));
    golden("app", AppPayload.CODEC, new AppPayload(300, Bytes.of(7)), hex("payloads", "app"));
    Join bare = new Join(Optional.empty(), Optional.of(vectors.admissionProof()));
    golden("join", Join.CODEC, bare, hex("payloads", "join with proof"));
    PublicKey friend = vectors.key("friend");
    for (Fence.Subject subject : Fence.Subject.values()) {
      golden("fence", Fence.CODEC, new Fence(subject, friend), hex("fences", subject.name()));
    }
    Admit named = new Admit(Admit.Subject.PRINCIPAL, friend);
    Admit invited = new Admit(Admit.Subject.INVITATION, vectors.key("invitation"));
    golden("admit", Admit.CODEC, named, hex("payloads", "admit principal"));
    golden("admit", Admit.CODEC, invited, hex("payloads", "admit invitation"));
  }

  @Test
  @Proves({"EVENT-3", "EVENT-12", "EVENT-15"})
  void golden_signatures_areGood() {
    SignatureVerifier rule = SignatureVerifier.screened(TestStack.current().ed25519());
    for (String name : EVENTS) {
      assertTrue(rule.verify(vectors.named(name).claim()), name);
    }
    SignedClaim admission = admission(vectors.admissionProof(), "friend");
    assertEquals(hex("messages", "admission of friend"), admission.message().toHex());
    assertTrue(rule.verify(admission));
    assertFalse(rule.verify(admission(vectors.admissionProof(), "founder")));
    ForkProof proof = ForkProof.of(vectors.first(), vectors.forked());
    for (SignedClaim claim : proof.claims()) {
      assertTrue(rule.verify(claim));
    }
  }

  private SignedClaim admission(AdmissionProof proof, String principal) {
    return proof.claim(TopicId.of(vectors.genesis().id()), vectors.key(principal));
  }

  @Test
  @Proves("EVENT-12")
  void golden_forkProof_hasItsBytes() {
    ForkProof proof = ForkProof.of(vectors.first(), vectors.forked());
    golden("fork proof", ForkProof.CODEC, proof, hex("payloads", "fork proof"));
    assertEquals(proof, ForkProof.of(vectors.forked(), vectors.first()));
    assertTrue(proof.isWithin(TopicId.of(vectors.genesis().id())));
    assertFalse(proof.isWithin(TopicId.of(vectors.join().id())));
    assertThrows(
        IllegalArgumentException.class, () -> ForkProof.of(vectors.first(), vectors.first()));
    assertThrows(
        IllegalArgumentException.class, () -> ForkProof.of(vectors.first(), vectors.second()));
  }

  @Test
  @Proves("EVENT-12")
  void forkProof_genesisAgainstAJoinOfItsKey_isWithinTheTopic() {
    Event genesis = vectors.genesis();
    TopicId topic = TopicId.of(genesis.id());
    Event join =
        EventVectors.with(vectors.join(), draft -> draft.signer(genesis.header().signer()));
    assertTrue(ForkProof.of(genesis, join).isWithin(topic));
    Event strange = EventVectors.with(join, draft -> draft.topic(TopicId.NONE));
    assertFalse(ForkProof.of(genesis, strange).isWithin(topic));
  }

  @Test
  @Proves({"EVENT-11", "ORDER-3", "HASH-3"})
  void golden_places_haveTheirKeys() {
    for (JsonValue test : vectors.file().at("places").items()) {
      TopicId topic = new TopicId(Bytes.hex(test.at("topic").text()));
      PublicKey principal = new PublicKey(Bytes.hex(test.at("principal").text()));
      EventId id = new EventId(Bytes.hex(test.at("id").text()));
      Place place = Place.of(topic, test.at("depth").number(), principal, id);
      golden("place", Place.CODEC, place, test.at("key").text());
      assertEquals(place, Place.parse(place.key()).orThrow());
    }
  }

  @Test
  @Proves({"EVENT-11", "ORDER-3"})
  void place_orderOfKeys_isTheCanonicalOrder() {
    long seed = 1_204;
    Seeded random = new Seeded(seed);
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      long depth = random.nextBoolean() ? random.between(1, 3) : 1L << random.nextInt(53);
      Bytes rank = Bytes.zeros(15).plus(random.nextBytes(1));
      places.add(new Place(depth, rank, new EventId(random.nextBytes(32))));
    }
    places.sort(null);
    for (int i = 1; i < places.size(); i++) {
      Place before = places.get(i - 1);
      assertTrue(before.key().compareTo(places.get(i).key()) < 0, "seed " + seed + " at " + i);
    }
  }

  @Test
  void hostileBytes_everyDecoder_refusesOrRoundTrips() {
    HostileBytes.attack("header", EventHeader.CODEC, vectors.second().header().encode());
    HostileBytes.attack("event", Event.CODEC, vectors.first().encode());
    HostileBytes.attack("genesis", Genesis.CODEC, Bytes.hex(hex("payloads", "genesis")));
    HostileBytes.attack("join", Join.CODEC, Bytes.hex(hex("payloads", "join")));
    HostileBytes.attack("proof", Join.CODEC, Bytes.hex(hex("payloads", "join with proof")));
    HostileBytes.attack("admit", Admit.CODEC, Bytes.hex(hex("payloads", "admit invitation")));
    HostileBytes.attack("fence", Fence.CODEC, Bytes.hex(hex("fences", "PRINCIPAL")));
    HostileBytes.attack("policy", TopicPolicy.CODEC, Bytes.hex(hex("payloads", "policy")));
    HostileBytes.attack("app", AppPayload.CODEC, Bytes.hex(hex("payloads", "app")));
    HostileBytes.attack("fork proof", ForkProof.CODEC, Bytes.hex(hex("payloads", "fork proof")));
    Place place = new Place(5, Bytes.zeros(16), vectors.first().id());
    HostileBytes.attack("place", Place.CODEC, place.key());
  }

  @Test
  @Proves("EVENT-1")
  void decode_seqAndKindOutsideTheirRange_isRefused() {
    for (JsonValue test : vectors.file().at("refused").items()) {
      Bytes header = Bytes.hex(test.at("header").text());
      assertFalse(EventHeader.CODEC.decode(header).isOk(), test.at("why").text());
    }
  }

  @Test
  @Proves({"EVENT-1", "EVENT-5"})
  void header_valuesOutsideTheirRange_cannotBeMade() {
    Event first = vectors.first();
    List<EventId> twice = List.of(first.id(), first.id());
    EventVectors.Draft draft = EventVectors.Draft.of(first);
    Optional<EventId> prev = first.header().prev();
    assertThrows(IllegalArgumentException.class, () -> draft.chain(0, prev, List.of()));
    assertThrows(IllegalArgumentException.class, () -> draft.chain(-1, prev, List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> draft.chain(Limits.SEQ + 1, prev, List.of()));
    assertThrows(IllegalArgumentException.class, () -> draft.chain(2, prev, twice));
    assertThrows(IllegalArgumentException.class, () -> draft.bytes(Bytes.zeros(9)).event());
    assertThrows(IllegalArgumentException.class, () -> new AppPayload(0, Bytes.EMPTY));
    assertEquals(EventKind.APP, first.header().kind());
  }
}
