// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.ForkProof;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.Place;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;

/** The valid events that a log has now, their order and chains, and what is known of forks. */
final class Holdings {
  final TopicId topic;
  final OrderTree order;
  final Graph graph;
  final TreeMap<PublicKey, Chain> chains = new TreeMap<>();
  final TreeSet<PublicKey> forked = new TreeSet<>();
  final Fences fences;
  final Standing standing;
  private final Bodies bodies;
  private final List<ForkProof> freshProofs = new ArrayList<>();
  private final TreeSet<PublicKey> unproved = new TreeSet<>();
  private long depth;

  Holdings(TopicId topic, long bodyBytes) {
    this.topic = topic;
    bodies = new Bodies(bodyBytes);
    Places places = new Places();
    order = new OrderTree(places);
    graph = new Graph(places, order, bodies);
    fences = new Fences(graph);
    standing = new Standing(graph, chains, fences);
  }

  /** Returns an empty one of the same topic. */
  Holdings fresh() {
    return new Holdings(topic, bodies.most());
  }

  // ---- events

  List<EventId> missingParents(Event event) {
    List<EventId> missing = new ArrayList<>();
    for (EventId parent : event.header().parents()) {
      if (graph.find(parent) == Graph.NONE) {
        missing.add(parent);
      }
    }
    return missing;
  }

  /** Returns the event of a candidate whose parents are here, with its place. */
  StoredEvent placed(Candidate candidate) {
    Event event = candidate.event();
    PublicKey principal =
        candidate
            .principal()
            .orElseGet(() -> graph.principalKey(number(event.header().prev().orElseThrow())));
    Place place = Place.of(topic, depthOf(event), principal, event.id());
    return StoredEvent.of(event, principal, place);
  }

  private int number(EventId id) {
    return graph.number(id);
  }

  /** Returns the depth of an event whose parents are here. */
  long depthOf(Event event) {
    long deepest = 0;
    for (EventId parent : event.header().parents()) {
      deepest = Math.max(deepest, graph.depth(number(parent)));
    }
    return deepest + 1;
  }

  /** Adds a valid event whose parents are here. */
  void add(StoredEvent stored) {
    if (graph.size() == 0) {
      stored.genesis().ifPresent(this::begin);
    }
    Event event = stored.event();
    add(stored.entry(), graph.numbers(event.header().parents()), event);
  }

  void begin(Genesis genesis) {
    fences.allow(genesis.policy().fencers());
  }

  private void add(LogEntry entry, int[] parents, @Nullable Event event) {
    int number = graph.add(entry, parents);
    if (event != null) {
      graph.keepBody(number, event);
    }
    link(number, chainOf(entry.signer()), entry.seq());
  }

  /** Adds an event of an index, whose parents are here; one of the kernel's own with its bytes. */
  void add(Row row, @Nullable Event event) {
    PublicKey signer = row.signer;
    Chain chain = signer == null ? graph.branch(row.cited[0]).chain : chainOf(signer);
    long seq = signer == null ? graph.seq(row.cited[0]) + 1 : 1;
    int number = graph.add(row);
    if (event != null) {
      graph.keepBody(number, event);
    }
    link(number, chain, seq);
  }

  private void link(int number, Chain chain, long seq) {
    int prev = graph.prev(number);
    long knownFork = chain.forkSeq();
    Branch above = prev == Graph.NONE ? null : graph.branch(prev);
    graph.place(number, chain.add(number, seq, above));
    if (chain.forkSeq() < knownFork) {
      noted(chain);
    }
    depth = Math.max(depth, graph.depth(number));
    standing.added(number);
  }

  private Chain chainOf(PublicKey key) {
    return chains.computeIfAbsent(key, any -> new Chain(key, graph));
  }

  /** Returns the depth of the deepest event, 0 while there is none. */
  long depth() {
    return depth;
  }

  /**
   * Returns what is left without the events that are not held, but for those of some keys and what
   * is in their past. Proofs of forks stay.
   *
   * @param dropped gets the others
   */
  Holdings withoutUnheld(Collection<PublicKey> own, List<LogEntry> dropped) {
    boolean[] stays = graph.heldOrBefore(own);
    Holdings left = fresh();
    left.fences.allow(fences.allowed());
    for (int number : order.from(0)) {
      if (stays[number]) {
        left.add(graph.entry(number), left.graph.numbers(parentIds(number)), graph.body(number));
        left.graph.mark(left.graph.size() - 1, graph.mark(number));
      } else {
        dropped.add(graph.entry(number));
      }
    }
    forked.forEach(key -> left.learn(proof(key)));
    left.restored();
    left.freshProofs.addAll(freshProofs);
    return left;
  }

  private List<EventId> parentIds(int number) {
    List<EventId> ids = new ArrayList<>();
    for (int parent : graph.parents(number)) {
      ids.add(graph.id(parent));
    }
    return ids;
  }

  // ---- bodies

  /** Takes over an event that was loaded from the store, and makes proofs that waited for it. */
  void loaded(int number, Event event) {
    graph.keepBody(number, event);
    for (PublicKey key : List.copyOf(unproved)) {
      Chain chain = chainOf(key);
      chain.prove();
      noted(chain);
    }
  }

  /** Makes the proofs for which these events are enough, whether they stay in memory or not. */
  void prove(List<StoredEvent> events) {
    TreeMap<Integer, Event> bodies = new TreeMap<>();
    events.forEach(each -> bodies.put(graph.find(each.id()), each.event()));
    for (PublicKey key : List.copyOf(unproved)) {
      Chain chain = chainOf(key);
      chain.prove(bodies::get);
      noted(chain);
    }
  }

  /** Returns the two events that have to be loaded before the next fork can be proved. */
  List<LogEntry> unproved() {
    List<LogEntry> needed = new ArrayList<>();
    if (!unproved.isEmpty()) {
      for (int number : chainOf(unproved.first()).unproved()) {
        needed.add(graph.entry(number));
      }
    }
    return needed;
  }

  /** Ends a restore: what is here is no news. */
  void restored() {
    standing.settle();
    graph.built();
    standing.takeDisturbed();
    standing.takeForked();
    freshProofs.clear();
  }

  // ---- forks

  boolean isNews(KnownFork fork) {
    Chain chain = chains.get(fork.key());
    return chain != null && fork.seq() < chain.forkSeq();
  }

  /** Takes note of a proof, also of a key without events. */
  void learn(ForkProof proof) {
    Chain chain = chainOf(proof.first().signer());
    boolean earlier = chain.learn(proof);
    if (earlier || unproved.contains(chain.key())) {
      noted(chain);
    }
    if (earlier) {
      standing.forked(chain);
    }
  }

  private void noted(Chain chain) {
    forked.add(chain.key());
    if (chain.proof().isPresent()) {
      unproved.remove(chain.key());
      freshProofs.add(chain.proof().get());
    } else {
      unproved.add(chain.key());
    }
  }

  List<ForkProof> takeProofs() {
    List<ForkProof> taken = List.copyOf(freshProofs);
    freshProofs.clear();
    return taken;
  }

  ForkProof proof(PublicKey key) {
    return Optional.ofNullable(chains.get(key)).flatMap(Chain::proof).orElseThrow();
  }

  List<KnownFork> forks(int most) {
    List<KnownFork> known = new ArrayList<>();
    for (PublicKey key : forked) {
      if (known.size() < most && !unproved.contains(key)) {
        known.add(new KnownFork(key, proof(key).first().seq()));
      }
    }
    return known;
  }

  // ---- authoring

  Authoring author(PublicKey key) {
    standing.settle();
    Collection<LogEntry> open = graph.heads().values();
    Chain chain = chains.get(key);
    LogEntry last = chain == null ? null : chain.last();
    if (chain != null && chain.forked()) {
      return fences.against(chain).isEmpty() ? new Authoring.OwnFork() : new Authoring.ShutOut();
    }
    if (chain == null || last == null) {
      return new Authoring.Next(1, Optional.empty(), Heads.toCite(open, List.of()), Clock.ZERO);
    }
    if (fences.shutsOut(chain) || !graph.isKept(graph.number(last.id()))) {
      return new Authoring.ShutOut();
    }
    List<EventId> deps = Heads.toCite(open, List.of(last.id()));
    Clock after = last.clock();
    return new Authoring.Next(last.seq() + 1, Optional.of(last.id()), deps, after);
  }
}
