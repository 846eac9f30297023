// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.ForkProof;
import org.myrhiza.event.Place;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;

/** The valid events that a log has now, their order and chains, and what is known of forks. */
final class Holdings {
  final TopicId topic;
  final OrderTree order = new OrderTree();
  final Graph graph = new Graph(order);
  final TreeMap<PublicKey, Chain> chains = new TreeMap<>();
  final TreeSet<PublicKey> forked = new TreeSet<>();
  final Fences fences = new Fences(graph);
  final Standing standing = new Standing(graph, chains, fences);
  private final List<ForkProof> freshProofs = new ArrayList<>();
  private long depth;

  Holdings(TopicId topic) {
    this.topic = topic;
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

  /** Returns the entry of a candidate whose parents are here. */
  LogEntry entryOf(Candidate candidate) {
    Event event = candidate.event();
    PublicKey principal =
        candidate
            .principal()
            .orElseGet(() -> entry(event.header().prev().orElseThrow()).principal());
    Place place = Place.of(topic, depthOf(event), principal, event.id());
    return new LogEntry(event, principal, place);
  }

  LogEntry entry(EventId id) {
    return graph.entry(graph.number(id));
  }

  /** Returns the depth of an event whose parents are here. */
  long depthOf(Event event) {
    long deepest = 0;
    for (EventId parent : event.header().parents()) {
      deepest = Math.max(deepest, entry(parent).depth());
    }
    return deepest + 1;
  }

  /** Adds a valid event whose parents are here. */
  void add(LogEntry entry) {
    if (graph.size() == 0) {
      entry.genesis().ifPresent(begun -> fences.allow(begun.policy().fencers()));
    }
    int number = graph.add(entry);
    Chain chain = chainOf(entry.signer());
    int prev = graph.prev(number);
    long knownFork = chain.forkSeq();
    graph.place(number, chain.add(number, prev == Graph.NONE ? null : graph.branch(prev)));
    if (chain.forkSeq() < knownFork) {
      noted(chain);
    }
    depth = Math.max(depth, entry.depth());
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
    Holdings left = new Holdings(topic);
    for (int number : order.from(0)) {
      if (stays[number]) {
        left.add(graph.entry(number));
      } else {
        dropped.add(graph.entry(number));
      }
    }
    forked.forEach(key -> left.learn(proof(key)));
    left.restored();
    return left;
  }

  /** Ends a restore: what is here is no news. */
  void restored() {
    standing.settle();
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
    if (chain.learn(proof)) {
      noted(chain);
      standing.forked(chain);
    }
  }

  private void noted(Chain chain) {
    forked.add(chain.key());
    freshProofs.add(chain.proof().orElseThrow());
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
      if (known.size() < most) {
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
    if (chain != null && chain.proof().isPresent()) {
      return fences.against(chain).isEmpty()
          ? new Authoring.OwnFork(chain.proof().get())
          : new Authoring.ShutOut();
    }
    if (chain == null || last == null) {
      return new Authoring.Next(1, Optional.empty(), Heads.toCite(open, List.of()), Clock.ZERO);
    }
    if (!graph.isKept(graph.number(last.id()))) {
      return new Authoring.ShutOut();
    }
    List<EventId> deps = Heads.toCite(open, List.of(last.id()));
    Clock after = last.event().header().clock();
    return new Authoring.Next(last.seq() + 1, Optional.of(last.id()), deps, after);
  }
}
