// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.apps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import org.myrhiza.event.Join;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.Certificate;
import org.myrhiza.identity.InstanceKind;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.EventGraph;
import org.myrhiza.testkit.graph.EventGraph.Draft;

/**
 * A topic of the fork watcher: Ann writes ann2 to ann7, the founder acknowledges all of it and sums
 * up. Beside it, for who hears of them: second histories of Ann's key from ann4 and from ann2 on,
 * and a fence of Ann's phone over what her key wrote after ann3.
 */
final class ForkStory {
  /** The tags of ann2 to ann7: mark, heed, mark, do not ask, heed, mark. */
  static final List<Integer> TAGS = List.of(2, 3, 2, 1, 3, 2);

  private static final int MARK = 2;
  private static final int SUM = 4;
  private static final Signature UNSIGNED = new Signature(Bytes.zeros(64));

  private final TreeMap<String, Event> events = new TreeMap<>();
  private final TreeMap<EventId, String> names = new TreeMap<>();
  private final List<Event> common = new ArrayList<>();
  private final TopicId topic;

  ForkStory() {
    Event genesis = EventGraph.genesis(new Seeded(4), key("founder"));
    topic = TopicId.of(genesis.id());
    tell("genesis", genesis);
    common.add(genesis);
    common.add(join("ann1", "ann", "genesis"));
    for (int i = 0; i < TAGS.size(); i++) {
      common.add(app("ann" + (i + 2), "ann" + (i + 1), TAGS.get(i)));
    }
    common.add(app("founder2", "genesis", MARK, "ann7"));
    common.add(app("founder3", "founder2", SUM));
    app("twin4", "ann3", MARK, "genesis");
    app("twin2", "ann1", MARK, "genesis");
    join("phone1", "phone", "genesis");
    Fence fence = new Fence(Fence.Subject.CHAIN_KEY, key("ann"));
    tell("fence", after("phone1", EventKind.FENCE, Fence.CODEC.encode(fence), "ann3"));
  }

  static PublicKey key(String name) {
    return new PublicKey(new Seeded(0).fork(name).nextBytes(32));
  }

  TopicId topic() {
    return topic;
  }

  /** What everybody hears of, parents first. */
  List<Event> common() {
    return List.copyOf(common);
  }

  /** One event, by its name. */
  Event event(String name) {
    Event event = events.get(name);
    if (event == null) {
      throw new IllegalArgumentException("not told: " + name);
    }
    return event;
  }

  /** The name of an event. */
  String name(EventId id) {
    return names.getOrDefault(id, id.text());
  }

  private Event tell(String name, Event event) {
    events.put(name, event);
    names.put(event.id(), name);
    return event;
  }

  /** A join under a key of Ann's: her first, or with a certificate by it. */
  private Event join(String name, String key, String dep) {
    Optional<Certificate> certificate =
        key.equals("ann")
            ? Optional.empty()
            : Optional.of(
                new Certificate(
                    key("ann"), topic.bytes(), key(key), InstanceKind.DEVICE, "", UNSIGNED));
    Bytes payload = Join.CODEC.encode(new Join(certificate, Optional.empty()));
    Draft draft = new Draft(1, Optional.empty(), ids(dep), new Clock(2_000, 0));
    return tell(name, EventGraph.event(topic, key(key), draft, EventKind.JOIN, payload));
  }

  private Event app(String name, String prev, int tag, String... deps) {
    return tell(name, after(prev, EventKind.APP, new AppPayload(tag, Bytes.EMPTY).encode(), deps));
  }

  private Event after(String prev, EventKind kind, Bytes payload, String... deps) {
    Event before = event(prev);
    long seq = before.header().seq() + 1;
    Clock clock = new Clock(before.header().clock().millis() + 1, 0);
    Draft draft = new Draft(seq, Optional.of(before.id()), ids(deps), clock);
    return EventGraph.event(topic, before.header().signer(), draft, kind, payload);
  }

  private List<EventId> ids(String... cited) {
    return List.copyOf(new TreeSet<>(Arrays.stream(cited).map(name -> event(name).id()).toList()));
  }
}
