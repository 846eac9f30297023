// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Place;
import org.myrhiza.identity.PublicKey;

/**
 * Which valid events are kept (rules.md, section 6).
 *
 * <p>In a topic without forks and fences all are, and nothing is worked out. Otherwise some chains
 * are in dispute from some seq on, and of each event it is known what its past holds of them (its
 * {@link View}). Whether an event of such a chain is kept depends on kept events that come later in
 * the order, so that one walk from the end backwards decides all; it goes back no further than the
 * first event that may not be kept as a matter of course. An event that comes in without changing
 * the disputes can only acknowledge more than before, and only that is followed.
 */
final class Standing {
  private final Graph graph;
  private final OrderTree order;
  private final SortedMap<PublicKey, Chain> chains;
  private final Fences fences;
  private Disputes disputes;
  private Views views;
  private boolean[] acknowledged = new boolean[0];
  private final Numbers news = new Numbers();
  private boolean stale;
  private int decided;
  private @Nullable Disturbed disturbed;

  Standing(Graph graph, OrderTree order, SortedMap<PublicKey, Chain> chains, Fences fences) {
    this.graph = graph;
    this.order = order;
    this.chains = chains;
    this.fences = fences;
    disputes = Disputes.none(graph, fences);
    views = new Views(graph, disputes);
  }

  /** Takes note of an event that became valid; it is in graph, order and chain already. */
  void added(int number) {
    Chain chain = graph.branch(number).chain;
    boolean fence = fences.add(number, chains);
    Dispute dispute = disputes.of(chain);
    long knownFork = dispute == null ? Dispute.NEVER : dispute.knownFork();
    stale |= fence || chain.forkSeq() < knownFork || changesPrincipals(number, dispute);
    if (!stale) {
      decided = number + 1;
      views.add(number);
      if (dispute == null || isPlainlyKept(number, dispute)) {
        keep(number);
        acknowledge(number);
        spread();
      }
    }
  }

  /** Whether an event begins a chain, or a second history of one, against which fences count. */
  private boolean changesPrincipals(int number, @Nullable Dispute dispute) {
    return graph.prev(number) == Graph.NONE
        && ((dispute != null && !dispute.fences().isEmpty())
            || fences.name(graph.branch(number).chain.key(), graph.principalKey(number)));
  }

  /** Takes note of a fork that was learned from elsewhere. */
  void forked(Chain chain) {
    Dispute dispute = disputes.of(chain);
    stale |= chain.forkSeq() < (dispute == null ? Dispute.NEVER : dispute.knownFork());
  }

  private boolean isPlainlyKept(int number, Dispute dispute) {
    return !disputes.isVoid(number, dispute) && !disputes.isSuspect(number, dispute);
  }

  private void keep(int number) {
    if (graph.keep(number, true)) {
      disturb(graph.place(number));
    }
  }

  private void disturb(Place place) {
    disturbed = disturbed == null ? new Disturbed(place, place) : disturbed.with(place);
  }

  /** Marks what a kept event acknowledges; what is marked for the first time is put into news. */
  private void acknowledge(int number) {
    View view = views.of(number);
    int principal = graph.principalOf(number);
    if (view.isEmpty() || !view.takeAcknowledger(principal)) {
      return;
    }
    for (int i = 0; i < view.disputes.length; i++) {
      int last = view.tips[i];
      if (last >= 0 && graph.principalOf(last) != principal) {
        Dispute dispute = disputes.all().get(view.disputes[i]);
        mark(dispute, unfenced(dispute, last, view.fences[i]));
      }
    }
  }

  private int unfenced(Dispute dispute, int tip, int[] ownFences) {
    int last = tip;
    int principal = graph.principalOf(tip);
    for (int fence : ownFences) {
      FenceMark mark = Disputes.mark(dispute, fence);
      if (mark.principal == principal && last != Graph.NONE) {
        last = disputes.lastInside(mark, last);
      }
    }
    return last;
  }

  private void mark(Dispute dispute, int last) {
    int at = last;
    while (at != Graph.NONE && graph.seq(at) >= dispute.fromSeq() && !isAcknowledged(at)) {
      setAcknowledged(at);
      news.push(at);
      at = graph.prev(at);
    }
  }

  private boolean isAcknowledged(int number) {
    return number < acknowledged.length && acknowledged[number];
  }

  private void setAcknowledged(int number) {
    if (number >= acknowledged.length) {
      acknowledged = Arrays.copyOf(acknowledged, Math.max(number + 1, graph.size() * 2));
    }
    acknowledged[number] = true;
  }

  /** Keeps what is acknowledged for the first time, and what that acknowledges, and so on. */
  private void spread() {
    while (!news.isEmpty()) {
      int number = news.pop();
      Dispute dispute = disputes.of(graph.branch(number).chain);
      if (dispute != null && !disputes.isVoid(number, dispute)) {
        keep(number);
        acknowledge(number);
      }
    }
  }

  /** Works out everything anew if forks or fences changed since the last time. */
  void settle() {
    if (!stale) {
      return;
    }
    stale = false;
    Disputes before = disputes;
    disputes = Disputes.of(graph, fences, chains.values());
    views = new Views(graph, disputes);
    acknowledged = new boolean[graph.size()];
    int[] numbers = order.from(firstOpen());
    for (int number : numbers) {
      views.add(number);
    }
    boolean[] kept = new boolean[graph.size()];
    for (int i = numbers.length - 1; i >= 0; i--) {
      decide(numbers[i], kept);
    }
    while (!news.isEmpty()) {
      news.pop();
    }
    for (int number : numbers) {
      if (graph.keep(number, kept[number])) {
        disturb(graph.place(number));
      }
    }
    decided = graph.size();
    compareForks(before);
  }

  private void decide(int number, boolean[] kept) {
    Dispute dispute = disputes.of(graph.branch(number).chain);
    kept[number] =
        dispute == null
            || (!disputes.isVoid(number, dispute)
                && (isAcknowledged(number) || !disputes.isSuspect(number, dispute)));
    if (kept[number]) {
      acknowledge(number);
    }
  }

  /** Returns the position of the first event that is not kept as a matter of course. */
  private int firstOpen() {
    int first = graph.size();
    for (Dispute dispute : disputes.all()) {
      for (FenceMark mark : dispute.fences()) {
        first = Math.min(first, position(mark.number));
      }
      for (Branch branch : dispute.chain().branches()) {
        if (branch.lastSeq() >= dispute.fromSeq()) {
          first =
              Math.min(first, position(branch.at(Math.max(branch.firstSeq, dispute.fromSeq()))));
        }
      }
    }
    return Math.min(first, firstUndecided());
  }

  /** What came in while disputes were stale has not been decided at all. */
  private int firstUndecided() {
    int first = graph.size();
    for (int number = decided; number < graph.size(); number++) {
      first = Math.min(first, position(number));
    }
    return first;
  }

  private int position(int number) {
    return order.before(graph.place(number), OrderTree.Of.ALL);
  }

  /** Disturbs the order where the answer changed whether a key forked at or before an event. */
  private void compareForks(Disputes before) {
    for (Chain chain : chains.values()) {
      long was = forkSeq(before.of(chain));
      long is = forkSeq(disputes.of(chain));
      if (was != is) {
        long from = Math.min(was, is);
        for (Branch branch : chain.branches()) {
          if (branch.lastSeq() >= from) {
            disturb(graph.entry(branch.at(Math.max(branch.firstSeq, from))).place());
            disturb(graph.entry(branch.last()).place());
          }
        }
      }
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

  /**
   * Returns where something changed since the last call: which events are kept, or which of them
   * count as forked.
   */
  Optional<Disturbed> takeDisturbed() {
    Optional<Disturbed> taken = Optional.ofNullable(disturbed);
    disturbed = null;
    return taken;
  }
}
