// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Admission;
import org.myrhiza.event.AdmissionProof;
import org.myrhiza.event.Admit;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Join;
import org.myrhiza.event.ReadPolicy;
import org.myrhiza.event.TopicId;
import org.myrhiza.event.TopicPolicy;
import org.myrhiza.identity.Certificate;
import org.myrhiza.identity.InstanceKind;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.log.Admittance;
import org.myrhiza.log.Examined;
import org.myrhiza.log.Log;
import org.myrhiza.log.Offer;
import org.myrhiza.log.Source;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.Deliveries;
import org.myrhiza.testkit.graph.EventGraph;
import org.myrhiza.testkit.graph.EventGraph.Draft;
import org.myrhiza.testkit.graph.SlowLog;
import org.myrhiza.testkit.suite.Proves;

/** Whose joins a topic takes, by its policy. Signatures are taken as good here. */
public final class AdmissionSuite {
  private static final Source LINK = new Source(1);
  private static final Signature UNSIGNED = new Signature(Bytes.zeros(64));
  private static final int SEEDS = 60;
  private static final int EVENTS = 40;
  private static final int VECTORS = 3;
  private static final int VECTOR_EVENTS = 24;

  /** Each of these is asked ten times by the slow reference. */
  private static final int ASKED_SEEDS = 20;

  private final Seeded random = new Seeded(71);
  private final PublicKey founder = key();
  private final PublicKey admitter = key();
  private final PublicKey upgrader = key();
  private final PublicKey ann = key();
  private final PublicKey ben = key();
  private final PublicKey invitation = key();

  /** Made once per test. */
  public AdmissionSuite() {}

  private PublicKey key() {
    return new PublicKey(random.nextBytes(32));
  }

  /** A topic with a log, to which events are written one by one. */
  private final class Topic {
    final Event genesis;
    final TopicId id;
    final Log log;

    Topic(Admission admission) {
      TopicPolicy policy =
          new TopicPolicy(
              admission,
              List.of(founder),
              List.of(upgrader),
              List.of(admitter),
              ReadPolicy.MEMBERS,
              1 << 20,
              1000);
      genesis = EventGraph.genesis(new Seeded(5), founder, policy);
      id = TopicId.of(genesis.id());
      log = Log.empty(id);
      assertTrue(takes(genesis));
    }

    boolean takes(Event event) {
      Examined.Fresh fresh = assertInstanceOf(Examined.Fresh.class, log.examine(event));
      return log.offer(fresh.candidate(), LINK) instanceof Offer.Placed;
    }

    Event joined(PublicKey key, Event... deps) {
      Event join = join(key, key, Optional.empty(), deps);
      assertTrue(takes(join));
      return join;
    }

    Event join(PublicKey key, PublicKey principal, Optional<PublicKey> invited, Event... deps) {
      return join(key, principal, invited, ids(deps));
    }

    Event join(
        PublicKey key, PublicKey principal, Optional<PublicKey> invited, List<EventId> deps) {
      Optional<Certificate> certificate =
          key.equals(principal)
              ? Optional.empty()
              : Optional.of(
                  new Certificate(
                      principal, id.bytes(), key, InstanceKind.DEVICE, "phone", UNSIGNED));
      Optional<AdmissionProof> proof = invited.map(by -> new AdmissionProof(by, UNSIGNED));
      Bytes payload = Join.CODEC.encode(new Join(certificate, proof));
      Draft draft = new Draft(1, Optional.empty(), deps, new Clock(2_000, 0));
      return EventGraph.event(id, key, draft, EventKind.JOIN, payload);
    }

    Event admit(Event prev, Admit.Subject subject, PublicKey key) {
      return next(prev, EventKind.ADMIT, Admit.CODEC.encode(new Admit(subject, key)));
    }

    Event next(Event prev, EventKind kind, Bytes payload) {
      Clock clock = new Clock(prev.header().clock().millis() + 1, 0);
      Draft draft = new Draft(prev.header().seq() + 1, Optional.of(prev.id()), List.of(), clock);
      return EventGraph.event(id, prev.header().signer(), draft, kind, payload);
    }
  }

  private static List<EventId> ids(Event... events) {
    return List.copyOf(new TreeSet<>(Arrays.stream(events).map(Event::id).toList()));
  }

  private static Optional<PublicKey> noProof() {
    return Optional.empty();
  }

  @Test
  @Proves("ORDER-9")
  void open_takesEverybody_butNoProof() {
    Topic topic = new Topic(Admission.OPEN);
    topic.joined(ann, topic.genesis);
    Event proves = topic.join(ben, ben, Optional.of(invitation), topic.genesis);
    assertFalse(topic.takes(proves));
  }

  @Test
  @Proves("ORDER-9")
  void closed_takesThePrincipalsOfThePolicy_withAnyKeyOfTheirs() {
    for (Admission closed : List.of(Admission.NAMED, Admission.INVITED)) {
      Topic topic = new Topic(closed);
      topic.joined(admitter, topic.genesis);
      topic.joined(upgrader, topic.genesis);
      assertTrue(topic.takes(topic.join(key(), founder, noProof(), topic.genesis)));
      assertFalse(topic.takes(topic.join(ann, ann, noProof(), topic.genesis)));
    }
  }

  @Test
  @Proves("ORDER-9")
  void named_takesWhomACitedEventOfAnAdmitterNames() {
    for (Admission closed : List.of(Admission.NAMED, Admission.INVITED)) {
      Topic topic = new Topic(closed);
      Event join = topic.joined(admitter, topic.genesis);
      Event named = topic.admit(join, Admit.Subject.PRINCIPAL, ann);
      assertTrue(topic.takes(named));
      Event after = topic.next(named, EventKind.APP, new AppPayload(1, Bytes.EMPTY).encode());
      assertTrue(topic.takes(after));
      assertFalse(topic.takes(topic.join(ann, ann, noProof(), after)), "named, but not cited");
      assertFalse(topic.takes(topic.join(ben, ben, noProof(), named)), "another is named");
      topic.joined(ann, named);
      assertTrue(topic.takes(topic.join(key(), ann, noProof(), named)), "a second device");
    }
  }

  @Test
  @Proves("ORDER-9")
  void named_byTheFounderOrAFencer_counts_byAnybodyElse_doesNot() {
    Topic topic = new Topic(Admission.NAMED);
    Event byFounder = topic.admit(topic.genesis, Admit.Subject.PRINCIPAL, ann);
    assertTrue(topic.takes(byFounder));
    Event join = topic.joined(ann, byFounder);
    Event byAnn = topic.admit(join, Admit.Subject.PRINCIPAL, ben);
    assertTrue(topic.takes(byAnn), "valid, and without effect");
    assertFalse(topic.takes(topic.join(ben, ben, noProof(), byAnn)));
    Event byUpgrader =
        topic.admit(topic.joined(upgrader, topic.genesis), Admit.Subject.PRINCIPAL, ben);
    assertTrue(topic.takes(byUpgrader));
    assertFalse(topic.takes(topic.join(ben, ben, noProof(), byUpgrader, topic.genesis)));
  }

  @Test
  @Proves("ORDER-9")
  void named_takesNoInvitation() {
    Topic topic = new Topic(Admission.NAMED);
    Event made = topic.admit(topic.genesis, Admit.Subject.INVITATION, invitation);
    assertTrue(topic.takes(made));
    assertFalse(topic.takes(topic.join(ann, ann, Optional.of(invitation), made)));
    assertFalse(topic.takes(topic.join(invitation, invitation, noProof(), made)));
  }

  @Test
  @Proves("ORDER-9")
  void invited_takesWhoProvesACitedInvitation() {
    Topic topic = new Topic(Admission.INVITED);
    Event made = topic.admit(topic.genesis, Admit.Subject.INVITATION, invitation);
    assertTrue(topic.takes(made));
    assertFalse(topic.takes(topic.join(ann, ann, noProof(), made)), "no proof");
    assertFalse(topic.takes(topic.join(ann, ann, Optional.of(key()), made)), "of another");
    assertFalse(topic.takes(topic.join(ann, ann, Optional.of(invitation), topic.genesis)));
    assertTrue(topic.takes(topic.join(ann, ann, Optional.of(invitation), made)));
  }

  @Test
  @Proves("ORDER-9")
  void invitation_thatACitedJoinUsed_letsNobodyElseIn() {
    Topic topic = new Topic(Admission.INVITED);
    Event made = topic.admit(topic.genesis, Admit.Subject.INVITATION, invitation);
    assertTrue(topic.takes(made));
    Event join = topic.join(ann, ann, Optional.of(invitation), made);
    assertTrue(topic.takes(join));
    assertFalse(topic.takes(topic.join(ben, ben, Optional.of(invitation), made, join)));
    Event device = topic.join(key(), ann, Optional.of(invitation), made, join);
    assertTrue(topic.takes(device), "the same principal's other device");
    assertTrue(topic.takes(topic.join(key(), ann, noProof(), join)), "and by its earlier join");
    Event unaware = topic.join(ben, ben, Optional.of(invitation), made);
    assertTrue(topic.takes(unaware), "validity looks at what a join cites only");
  }

  @Test
  @Proves("ORDER-9")
  void invitationByANonAdmitter_letsNobodyIn() {
    Topic topic = new Topic(Admission.INVITED);
    Event named = topic.admit(topic.genesis, Admit.Subject.PRINCIPAL, ann);
    assertTrue(topic.takes(named));
    Event made = topic.admit(topic.joined(ann, named), Admit.Subject.INVITATION, invitation);
    assertTrue(topic.takes(made));
    assertFalse(topic.takes(topic.join(ben, ben, Optional.of(invitation), made)));
  }

  @Test
  @Proves({"ORDER-2", "ORDER-9"})
  void randomTopics_logAndReferenceAgree_inAnyOrderOfArrival() {
    int valid = 0;
    int refused = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Topic topic = new Topic(seed % 2 == 0 ? Admission.INVITED : Admission.NAMED);
      Seeded how = new Seeded(seed);
      List<Event> events = randomEvents(topic, how, EVENTS);
      SlowLog slow = SlowLog.of(topic.id, events);
      how.shuffle(events);
      Log log = Log.empty(topic.id);
      Deliveries.deliverAll(log, events, LINK);
      List<EventId> held = new ArrayList<>(slow.order());
      held.retainAll(slow.held());
      assertEquals(held, LogSuite.order(log), "seed " + seed);
      valid += log.size();
      refused += events.size() - log.size();
    }
    assertTrue(valid > SEEDS * 8, "valid: " + valid);
    assertTrue(refused > SEEDS * 8, "refused: " + refused);
  }

  /** What an honest peer finds lets a join in, and where it finds nothing no join gets in. */
  @Test
  @Proves("ORDER-9")
  void randomTopics_whatAnAdmittanceCitesLetsIn_andOutsideNothingDoes() {
    int in = 0;
    int outside = 0;
    for (int seed = 0; seed < ASKED_SEEDS; seed++) {
      Topic topic = new Topic(seed % 2 == 0 ? Admission.INVITED : Admission.NAMED);
      List<Event> events = randomEvents(topic, new Seeded(seed), EVENTS);
      Deliveries.deliverAll(topic.log, events, LINK);
      for (PublicKey principal : List.of(founder, upgrader, ann, ben, key())) {
        for (Optional<PublicKey> by : List.of(noProof(), Optional.of(invitation))) {
          Asked asked = new Asked(topic, events, principal, by);
          Admittance way = Admittance.of(topic.log, principal, by);
          asked.agrees(way, "seed " + seed + ", " + way);
          in += way.isIn() || way instanceof Admittance.Invited ? 1 : 0;
          outside += way instanceof Admittance.Outside ? 1 : 0;
        }
      }
    }
    assertTrue(in > ASKED_SEEDS, "in: " + in);
    assertTrue(outside > ASKED_SEEDS, "outside: " + outside);
  }

  @Test
  @Proves("ORDER-9")
  void vectors_ofTheSpecification_hold() {
    int refused = 0;
    for (AdmissionVectors.Case told : AdmissionVectors.read()) {
      Log log = Log.empty(told.topic());
      Deliveries.deliverAll(log, told.events(), LINK);
      TreeSet<EventId> valid = new TreeSet<>(told.valid());
      assertEquals(valid.size(), log.size(), told.name());
      assertTrue(valid.stream().allMatch(log::contains), told.name());
      refused += told.events().size() - valid.size();
    }
    assertTrue(refused > AdmissionVectors.read().size(), "refused: " + refused);
  }

  /** What the vectors are about. */
  static List<AdmissionVectors.Case> cases() {
    List<AdmissionVectors.Case> cases = new ArrayList<>();
    for (Admission admission : List.of(Admission.OPEN, Admission.NAMED, Admission.INVITED)) {
      for (int seed = 0; seed < VECTORS; seed++) {
        AdmissionSuite suite = new AdmissionSuite();
        Topic topic = suite.new Topic(admission);
        List<Event> events = suite.randomEvents(topic, new Seeded(seed), VECTOR_EVENTS);
        cases.add(AdmissionVectors.Case.of(admission + ", random " + seed, topic.id, events));
      }
    }
    return cases;
  }

  /** A question to the reference: would it take a join of this principal? */
  private final class Asked {
    private final Topic topic;
    private final List<Event> events;
    private final PublicKey principal;
    private final Optional<PublicKey> by;

    Asked(Topic topic, List<Event> events, PublicKey principal, Optional<PublicKey> by) {
      this.topic = topic;
      this.events = events;
      this.principal = principal;
      this.by = by;
    }

    void agrees(Admittance way, String message) {
      switch (way) {
        case Admittance.Free free -> assertTrue(takes(noProof(), topic.log.heads()), message);
        case Admittance.Cited(EventId cited) ->
            assertTrue(takes(noProof(), List.of(cited)), message);
        case Admittance.Invited(EventId cited) -> assertTrue(takes(by, List.of(cited)), message);
        case Admittance.Used(PublicKey other) -> {
          assertNotEquals(principal, other, message);
          assertFalse(takes(noProof(), kept()), message);
        }
        case Admittance.Outside outside -> {
          assertFalse(takes(noProof(), kept()), message);
          assertFalse(by.isPresent() && takes(by, kept()), message);
        }
        case Admittance.ShutOut shutOut -> throw new AssertionError("there is no fence");
      }
    }

    private boolean takes(Optional<PublicKey> proof, List<EventId> deps) {
      Event join = topic.join(key(), principal, proof, deps);
      List<Event> all = new ArrayList<>(events);
      all.add(join);
      return SlowLog.of(topic.id, all).valid().containsKey(join.id());
    }

    private List<EventId> kept() {
      List<EventId> kept = new ArrayList<>();
      for (int i = 0; i < topic.log.keptSize(); i++) {
        kept.add(topic.log.keptAt(i).id());
      }
      kept.sort(null);
      return kept;
    }
  }

  private List<Event> randomEvents(Topic topic, Seeded how, int count) {
    List<PublicKey> people = List.of(founder, admitter, upgrader, ann, ben, key(), key());
    List<PublicKey> invitations = List.of(invitation, key());
    List<Event> events = new ArrayList<>(List.of(topic.genesis));
    while (events.size() < count) {
      Event one = how.pick(events);
      if (how.nextBoolean()) {
        Admit.Subject subject = how.pick(List.of(Admit.Subject.values()));
        boolean names = subject == Admit.Subject.PRINCIPAL;
        events.add(topic.admit(one, subject, how.pick(names ? people : invitations)));
      } else {
        PublicKey principal = how.pick(people);
        PublicKey key = how.chance(1, 3) ? key() : principal;
        Optional<PublicKey> by =
            how.nextBoolean() ? Optional.of(how.pick(invitations)) : Optional.empty();
        events.add(topic.join(key, principal, by, one, how.pick(events), how.pick(events)));
      }
    }
    return events;
  }
}
