// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Admission;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.Join;
import org.myrhiza.event.Place;
import org.myrhiza.event.ReadPolicy;
import org.myrhiza.event.TopicId;
import org.myrhiza.event.TopicPolicy;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.LogEntry;
import org.myrhiza.testkit.Seeded;

/**
 * An order of which any event but the genesis can be kept or not, and any key forked or not, as a
 * test likes: what replay has to follow, without the rules that decide it.
 */
public final class ToyOrder extends ListedOrder {
  private static final int AUTHORS = 4;

  private final TreeMap<Place, LogEntry> all = new TreeMap<>();
  private final TreeMap<PublicKey, Long> forkedFrom = new TreeMap<>();

  private ToyOrder(TopicId topic, Genesis genesis) {
    super(topic, genesis);
  }

  /** Returns an order of a number of events, all kept, under a small quota. */
  public static ToyOrder random(Seeded random, int events) {
    return random(random, events, 8 + random.nextInt(80), 2 + random.nextInt(9));
  }

  /** Returns an order of a number of events, all kept. */
  public static ToyOrder random(Seeded random, int events, long quotaBytes, long quotaKeys) {
    List<PublicKey> authors = new ArrayList<>();
    for (int i = 0; i < AUTHORS; i++) {
      authors.add(new PublicKey(random.nextBytes(32)));
    }
    Genesis genesis = genesis(random, quotaBytes, quotaKeys);
    EventGraph.Draft draft =
        new EventGraph.Draft(1, Optional.empty(), List.of(), new Clock(1_000, 0));
    Event first =
        EventGraph.event(
            TopicId.NONE,
            authors.getFirst(),
            draft,
            EventKind.GENESIS,
            Genesis.CODEC.encode(genesis));
    ToyOrder order = new ToyOrder(TopicId.of(first.id()), genesis);
    order.add(first, 1, authors.getFirst());
    for (int i = 1; i < events; i++) {
      PublicKey author = random.pick(authors);
      draft =
          new EventGraph.Draft(1 + i, Optional.of(first.id()), List.of(), new Clock(1_000 + i, 0));
      order.add(event(order.topic(), random, author, draft), 2 + random.nextInt(events), author);
    }
    order.kept().addAll(order.all.values());
    return order;
  }

  private static Genesis genesis(Seeded random, long quotaBytes, long quotaKeys) {
    TopicPolicy policy =
        new TopicPolicy(
            Admission.OPEN,
            List.of(),
            List.of(),
            List.of(),
            ReadPolicy.MEMBERS,
            quotaBytes,
            quotaKeys);
    return new Genesis(
        new BundleId(random.nextBytes(32)),
        random.nextBytes(32),
        "toy",
        policy,
        0,
        0,
        ReadingApp.program(random),
        Optional.empty());
  }

  private static Event event(
      TopicId topic, Seeded random, PublicKey author, EventGraph.Draft draft) {
    if (random.chance(1, 12)) {
      Bytes join = Join.CODEC.encode(new Join(Optional.empty(), Optional.empty()));
      return EventGraph.event(topic, author, draft, EventKind.JOIN, join);
    }
    Bytes payload = new AppPayload(1 + random.nextInt(20), ReadingApp.program(random)).encode();
    return EventGraph.event(topic, author, draft, EventKind.APP, payload);
  }

  private void add(Event event, long depth, PublicKey principal) {
    LogEntry entry = known(event, depth, principal);
    all.put(entry.place(), entry);
  }

  /** Returns all events, kept or not, in order. */
  public List<LogEntry> all() {
    return List.copyOf(all.values());
  }

  /** Keeps an event or not, and says where something changed. */
  public Place keep(LogEntry entry, boolean keep) {
    TreeMap<Place, LogEntry> now = new TreeMap<>();
    kept().forEach(one -> now.put(one.place(), one));
    if (keep) {
      now.put(entry.place(), entry);
    } else {
      now.remove(entry.place());
    }
    kept().clear();
    kept().addAll(now.values());
    return entry.place();
  }

  /** Returns whether an event is kept. */
  public boolean isKept(LogEntry entry) {
    return kept().contains(entry);
  }

  /**
   * Lets a key fork at an event, or earlier if it did, and returns the places of the events of
   * which that is news.
   */
  public SortedSet<Place> fork(LogEntry at) {
    TreeSet<Place> news = new TreeSet<>();
    for (LogEntry entry : all.values()) {
      if (entry.signer().equals(at.signer()) && entry.seq() >= at.seq() && !isForked(entry)) {
        news.add(entry.place());
      }
    }
    forkedFrom.merge(at.signer(), at.seq(), Math::min);
    return news;
  }

  @Override
  public boolean isForked(LogEntry entry) {
    return entry.seq() >= forkedFrom.getOrDefault(entry.signer(), Long.MAX_VALUE);
  }
}
