// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Place;
import org.myrhiza.identity.PublicKey;

/**
 * Which valid events are kept (rules.md, section 6).
 *
 * <p>In a topic without forks and fences all are, and nothing is worked out. Otherwise some chains
 * are in dispute from some seq on, and whether an event of such a chain is kept depends on kept
 * events that come later in the order: see {@link Acknowledging}. An event that comes in without
 * changing the disputes can only acknowledge more than before. A fork or fence can only take away:
 * it is worked out for the chains that it concerns, and from there for what their events
 * acknowledged. What comes in together is worked out together, when somebody asks.
 */
final class Standing {
  private final Graph graph;
  private final SortedMap<PublicKey, Chain> chains;
  private final Fences fences;
  private final Disputes disputes;
  private final Acknowledging acknowledging;
  private final TreeMap<PublicKey, Chain> changed = new TreeMap<>();
  private int decided;
  private @Nullable Disturbed disturbed;
  private final TreeSet<PublicKey> forked = new TreeSet<>();

  Standing(Graph graph, SortedMap<PublicKey, Chain> chains, Fences fences) {
    this.graph = graph;
    this.chains = chains;
    this.fences = fences;
    disputes = new Disputes(graph, fences);
    acknowledging = new Acknowledging(graph, disputes, this::keep);
  }

  /** Takes note of an event that became valid; it is in graph, order and chain already. */
  void added(int number) {
    Branch branch = graph.branch(number);
    for (int parent : graph.parents(number)) {
      if (graph.branch(parent) != branch) {
        graph.branch(parent).cite();
      }
    }
    for (Chain fenced : fences.add(number, chains)) {
      changed.put(fenced.key(), fenced);
    }
    Chain chain = branch.chain;
    Dispute dispute = disputes.of(chain);
    if (chain.forkSeq() < knownFork(dispute) || changesPrincipals(number, dispute)) {
      changed.put(chain.key(), chain);
    }
    if (changed.isEmpty()) {
      decide();
    }
  }

  private static long knownFork(@Nullable Dispute dispute) {
    return dispute == null ? Dispute.NEVER : dispute.knownFork();
  }

  /** Whether an event begins a chain, or a second history of one, against which fences count. */
  private boolean changesPrincipals(int number, @Nullable Dispute dispute) {
    return graph.prev(number) == Graph.NONE
        && ((dispute != null && !dispute.fences().isEmpty())
            || fences.name(graph.branch(number).chain.key(), graph.principalKey(number)));
  }

  /** Takes note of a fork that was learned from elsewhere. */
  void forked(Chain chain) {
    if (chain.forkSeq() < knownFork(disputes.of(chain))) {
      changed.put(chain.key(), chain);
    }
  }

  /** Works out what forks and fences changed since the last time. */
  void settle() {
    if (changed.isEmpty()) {
      return;
    }
    for (Chain chain : changed.values()) {
      Dispute before = disputes.of(chain);
      Dispute is = disputes.refresh(chain);
      if (forkSeq(before) != forkSeq(is)) {
        forked.add(chain.key());
      }
      if (is != null && (before == null || !before.isLike(is))) {
        acknowledging.reconsider(is);
      }
    }
    changed.clear();
    acknowledging.judge();
    decide();
  }

  /** Decides what came in since the last time. */
  private void decide() {
    while (decided < graph.size()) {
      acknowledging.arrive(decided++);
    }
  }

  private void keep(int number, boolean kept) {
    if (graph.keep(number, kept)) {
      Place place = graph.entry(number).place();
      disturbed = disturbed == null ? new Disturbed(place, place) : disturbed.with(place);
    }
  }

  private static long forkSeq(@Nullable Dispute dispute) {
    return dispute == null ? Dispute.NEVER : dispute.forkSeq();
  }

  /** Whether an event's key is known to have forked at or before it, as far as that matters. */
  boolean isForked(int number) {
    return graph.seq(number) >= forkSeq(disputes.of(graph.branch(number).chain));
  }

  /** Returns the least seq from which a chain counts as forked, where that matters. */
  Optional<Long> forkSeq(Chain chain) {
    long seq = forkSeq(disputes.of(chain));
    return seq == Dispute.NEVER ? Optional.empty() : Optional.of(seq);
  }

  /** Returns where it changed since the last call which events are kept. */
  Optional<Disturbed> takeDisturbed() {
    Optional<Disturbed> taken = Optional.ofNullable(disturbed);
    disturbed = null;
    return taken;
  }

  /** Returns the keys of which other events count as forked than at the last call, ascending. */
  List<PublicKey> takeForked() {
    List<PublicKey> taken = List.copyOf(forked);
    forked.clear();
    return taken;
  }
}
