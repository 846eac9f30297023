// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Fence;
import org.myrhiza.event.ForkProof;
import org.myrhiza.event.Join;
import org.myrhiza.event.TopicId;
import org.myrhiza.event.TopicPolicy;
import org.myrhiza.identity.Certificate;
import org.myrhiza.identity.InstanceKind;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.EventGraph;
import org.myrhiza.testkit.graph.EventGraph.Draft;
import org.myrhiza.testkit.graph.SlowLog;

/**
 * A little topic told event by event, under names. Founder and warden may fence; everybody has a
 * long-term key and a phone, whose keys are made from their names.
 */
final class KeptStory {
  private static final Signature UNSIGNED = new Signature(Bytes.zeros(64));

  private final TreeMap<EventId, String> names = new TreeMap<>();
  private final TreeMap<String, Event> events = new TreeMap<>();
  private final List<Event> told = new ArrayList<>();
  private final List<ForkProof> proofs = new ArrayList<>();
  private final TopicId topic;

  KeptStory() {
    List<PublicKey> fencers = new ArrayList<>(List.of(key("founder"), key("warden")));
    fencers.sort(null);
    TopicPolicy open = TopicPolicy.open(key("founder"));
    TopicPolicy policy =
        new TopicPolicy(
            open.admission(),
            fencers,
            List.of(),
            List.of(),
            open.read(),
            open.quotaBytes(),
            open.quotaKeys());
    Event genesis = EventGraph.genesis(new Seeded(4), key("founder"), policy);
    topic = TopicId.of(genesis.id());
    add("genesis", genesis);
  }

  /** Returns the key of a name, the same in every story. */
  static PublicKey key(String name) {
    return new PublicKey(new Seeded(0).fork(name).nextBytes(32));
  }

  private Event add(String name, Event event) {
    names.put(event.id(), name);
    events.put(name, event);
    told.add(event);
    return event;
  }

  Event event(String name) {
    Event event = events.get(name);
    if (event == null) {
      throw new IllegalArgumentException("not told: " + name);
    }
    return event;
  }

  private List<EventId> ids(String... cited) {
    return List.copyOf(new TreeSet<>(Arrays.stream(cited).map(name -> event(name).id()).toList()));
  }

  /** Tells a join of a long-term key, or of a key with a certificate. */
  KeptStory join(String name, String key, String principal, String... deps) {
    Optional<Certificate> certificate =
        key.equals(principal)
            ? Optional.empty()
            : Optional.of(
                new Certificate(
                    key(principal), topic.bytes(), key(key), InstanceKind.DEVICE, "", UNSIGNED));
    Bytes payload = Join.CODEC.encode(new Join(certificate, Optional.empty()));
    Draft draft = new Draft(1, Optional.empty(), ids(deps), new Clock(2_000, 0));
    add(name, EventGraph.event(topic, key(key), draft, EventKind.JOIN, payload));
    return this;
  }

  /** Tells an app event after another one; its content is its name. */
  KeptStory app(String name, String prev, String... deps) {
    int letter = name.charAt(name.length() - 1);
    Bytes payload = new AppPayload(1 + letter, Bytes.EMPTY).encode();
    add(name, after(prev, EventKind.APP, payload, deps));
    return this;
  }

  /** Tells a fence over a chain key. */
  KeptStory fenceKey(String name, String key, String prev, String... deps) {
    return fence(name, new Fence(Fence.Subject.CHAIN_KEY, key(key)), prev, deps);
  }

  /** Tells a fence over a principal. */
  KeptStory fencePrincipal(String name, String key, String prev, String... deps) {
    return fence(name, new Fence(Fence.Subject.PRINCIPAL, key(key)), prev, deps);
  }

  private KeptStory fence(String name, Fence fence, String prev, String... deps) {
    add(name, after(prev, EventKind.FENCE, Fence.CODEC.encode(fence), deps));
    return this;
  }

  /** Tells that an event has a twin, which nobody ever sees as an event. */
  KeptStory unseenTwin(String name) {
    Event event = event(name);
    Draft draft =
        new Draft(
            event.header().seq(),
            event.header().prev(),
            event.header().deps(),
            event.header().clock());
    Bytes payload = new AppPayload(7, Bytes.of(7)).encode();
    Event twin = EventGraph.event(topic, event.header().signer(), draft, EventKind.APP, payload);
    proofs.add(ForkProof.of(event, twin));
    return this;
  }

  private Event after(String prev, EventKind kind, Bytes payload, String... deps) {
    Event before = event(prev);
    long seq = before.header().seq() + 1;
    Clock clock = new Clock(before.header().clock().millis() + 1, 0);
    Draft draft = new Draft(seq, Optional.of(before.id()), ids(deps), clock);
    return EventGraph.event(topic, before.header().signer(), draft, kind, payload);
  }

  TopicId topic() {
    return topic;
  }

  List<Event> events() {
    return List.copyOf(told);
  }

  List<ForkProof> proofs() {
    return List.copyOf(proofs);
  }

  SlowLog reference() {
    return SlowLog.of(topic, told, proofs);
  }

  /** Returns the names of the events that are not among some ids, in the order they were told. */
  List<String> without(Iterable<EventId> ids) {
    Map<EventId, String> left = new TreeMap<>(names);
    ids.forEach(left::remove);
    return told.stream().map(Event::id).filter(left::containsKey).map(names::get).toList();
  }
}
