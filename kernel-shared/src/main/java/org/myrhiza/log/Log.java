// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventCheck;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventVerdict;
import org.myrhiza.event.ForkProof;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.Place;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;

/**
 * The valid events of one topic in canonical order, and which of them count (rules.md, 3 to 6).
 *
 * <p>Validity looks only backwards: an event is judged once, when the last of its parents has
 * become valid, and stays valid. Its place follows from itself and its ancestors, so the order
 * never changes, it only grows, sometimes in the middle. What is not valid yet is not part of the
 * log in any way that shows: it waits, accounted to the link that sent it.
 *
 * <p>An event comes in by two steps. {@link #examine} judges what its bytes show; the caller then
 * verifies the candidate's claims and {@link #offer offers} it. Nothing here verifies a signature,
 * and nothing is written to a store: entries that {@link Offer.Placed} reports are persisted by the
 * caller, with {@link LogRecords}. One thread owns a log.
 */
public final class Log implements KeptOrder {
  private final TopicId topic;
  private final Pending pending;
  private final KnownBad knownBad = new KnownBad();
  private final LogIndex index = new LogIndex(this);
  private Optional<Genesis> genesis = Optional.empty();
  private Holdings now;

  private Log(TopicId topic, Pending pending, long bodyBytes) {
    this.topic = topic;
    this.pending = pending;
    now = new Holdings(topic, bodyBytes);
  }

  /** Returns the log of a topic of which nothing is known yet, not even its genesis. */
  public static Log empty(TopicId topic) {
    return withBodies(topic, Limits.BODY_BYTES);
  }

  /** Returns an empty log that keeps another number of bytes of app events in memory. */
  public static Log withBodies(TopicId topic, long maxBytes) {
    return bounded(topic, Limits.PENDING_EVENTS, Limits.PENDING_BYTES, maxBytes);
  }

  /** Returns an empty log with bounds for what waits and what is in memory, all bytes of events. */
  public static Log bounded(TopicId topic, int pendingEvents, long pendingBytes, long bodyBytes) {
    return new Log(topic, new Pending(pendingEvents, pendingBytes), bodyBytes);
  }

  // ---- events coming in

  /** Judges what an event's own bytes show, before anything is verified. */
  public Examined examine(Event event) {
    if (contains(event.id()) || pending.contains(event.id())) {
      return new Examined.Known();
    }
    Optional<Refusal> wrong = knownBad.why(event);
    if (wrong.isPresent()) {
      return new Examined.Bad(wrong.get());
    }
    return switch (EventCheck.check(event, topic)) {
      case EventVerdict.Passed passed ->
          new Examined.Fresh(new Candidate(event, passed.principal(), passed.claims()));
      case EventVerdict.Invalid bad ->
          new Examined.Bad(new Refusal(bad.what(), bad.seen(), bad.allowed()));
    };
  }

  /**
   * Takes an event whose claims were all verified and found good.
   *
   * @param source the link that sent it, which answers for it
   */
  public Offer offer(Candidate candidate, Source source) {
    if (contains(candidate.id()) || pending.contains(candidate.id())) {
      return new Offer.Known();
    }
    Optional<Refusal> bad = knownBad.why(candidate.event());
    if (bad.isPresent()) {
      return new Offer.Bad(bad.get(), never(candidate.id(), bad.get()));
    }
    List<EventId> missing = now.missingParents(candidate.event());
    if (!missing.isEmpty()) {
      List<Charge> evicted = pending.add(candidate, source, missing);
      missing.removeIf(pending::contains);
      return new Offer.Waiting(missing, evicted);
    }
    Optional<Refusal> wrong = Validity.judge(this, candidate);
    if (wrong.isPresent()) {
      return new Offer.Bad(wrong.get(), never(candidate.id(), wrong.get()));
    }
    return placed(candidate);
  }

  /** Remembers that an event can never be valid, nor what waited for it. */
  private List<Charge> never(EventId id, Refusal why) {
    knownBad.add(id);
    List<Charge> charges = pending.never(id, why);
    charges.forEach(charge -> knownBad.add(charge.event()));
    return charges;
  }

  private Offer placed(Candidate first) {
    List<StoredEvent> placed = new ArrayList<>();
    List<Charge> charges = new ArrayList<>();
    ArrayDeque<Pending.Ready> ready = new ArrayDeque<>();
    ready.add(new Pending.Ready(first, Source.LOCAL));
    while (!ready.isEmpty()) {
      Pending.Ready next = ready.removeFirst();
      Candidate candidate = next.candidate();
      List<EventId> dropped = now.missingParents(candidate.event());
      if (!dropped.isEmpty()) {
        // What it cited was here when it began to wait. What its link loses for it comes again.
        pending.add(candidate, next.source(), dropped);
        continue;
      }
      Optional<Refusal> wrong = Validity.judge(this, candidate);
      if (wrong.isPresent()) {
        charges.add(new Charge(next.source(), candidate.id(), wrong.get()));
        charges.addAll(never(candidate.id(), wrong.get()));
      } else {
        StoredEvent stored = now.placed(candidate);
        add(stored);
        placed.add(stored);
        ready.addAll(pending.placed(candidate.id()));
      }
    }
    return new Offer.Placed(placed, charges);
  }

  void add(StoredEvent stored) {
    if (genesis.isEmpty()) {
      genesis = stored.genesis();
    }
    now.add(stored);
  }

  // ---- forks

  /**
   * Returns whether a fork would be news: of a key with events here, its first fork that is known
   * here or an earlier one. Of keys without events nothing is remembered, so that nobody can fill
   * this peer with proofs about keys that he made up; who holds their events holds the proof too.
   */
  public boolean isNews(KnownFork fork) {
    return now.isNews(fork);
  }

  /**
   * Takes note of a fork that a peer proved, if it {@link #isNews}. The caller has verified both
   * claims.
   *
   * @throws IllegalArgumentException if it is a proof for another topic
   */
  public void learn(ForkProof proof) {
    if (!proof.isWithin(topic)) {
      throw new IllegalArgumentException("a proof for another topic");
    }
    if (now.chains.containsKey(proof.first().signer())) {
      now.learn(proof);
    }
  }

  /**
   * Drops events that are not held, if there are more than some: nobody may be made to keep junk.
   * Proofs of forks stay, so that what is dropped counts for nothing when it comes again; and what
   * a held event cites is asked for like any other parent. Dropping costs as much as reading the
   * log, and so happens only when there is much to drop.
   *
   * @param own keys whose events stay, with their past
   * @param most how many others may stay, however few are held; and an eighth of the held ones may
   * @return what was dropped; its records are to be removed from the store
   */
  public List<LogEntry> dropUnheld(Collection<PublicKey> own, int most) {
    int unheld = size() - held();
    List<LogEntry> dropped = new ArrayList<>();
    boolean many = unheld > most && unheld > held() / Limits.UNHELD_SHARE;
    if (many && now.unproved().isEmpty()) {
      int before = size();
      now = now.withoutUnheld(own, dropped);
      index.renumbered(before);
    }
    return dropped;
  }

  /** Returns the proofs of forks that became known since the last call. */
  public List<ForkProof> takeProofs() {
    return now.takeProofs();
  }

  /** Returns the proof of a key's fork that is known here, an earliest one. */
  public ForkProof proof(PublicKey key) {
    return now.proof(key);
  }

  /** Returns the forks that are known here, ascending by key, at most {@link Limits#FORKS}. */
  public List<KnownFork> forks() {
    return now.forks(Limits.FORKS);
  }

  @Override
  public @Nullable Event event(EventId id) {
    int number = now.graph.find(id);
    return number == Graph.NONE ? null : now.graph.body(number);
  }

  @Override
  public int validBefore(Place place) {
    return now.order.before(place, OrderTree.Of.ALL);
  }

  @Override
  public Place validAt(int position) {
    return now.graph.place(now.order.at(position, OrderTree.Of.ALL));
  }

  /** What of this log comes from the store. */
  public StoredLog stored() {
    return new StoredLog(this);
  }

  /** What of this log's index goes to the store. */
  public LogIndex index() {
    return index;
  }

  Holdings now() {
    return now;
  }

  void install(Holdings all, Optional<Genesis> begun) {
    now = all;
    genesis = begun;
  }

  // ---- what there is

  @Override
  public TopicId topic() {
    return topic;
  }

  @Override
  public int size() {
    return now.graph.size();
  }

  /** Returns whether an event is here and valid. */
  public boolean contains(EventId id) {
    return now.graph.find(id) != Graph.NONE;
  }

  @Override
  public @Nullable LogEntry get(EventId id) {
    return now.graph.get(id);
  }

  /** Returns an event that is known to be valid. */
  LogEntry entry(EventId id) {
    return now.graph.entry(now.graph.number(id));
  }

  // ---- what is held: what peers store and pass on

  /** Returns the number of held events. */
  public int held() {
    now.standing.settle();
    return now.order.size(OrderTree.Of.HELD);
  }

  /** Returns whether an event is held. */
  public boolean isHeld(EventId id) {
    now.standing.settle();
    int number = now.graph.find(id);
    return number != Graph.NONE && now.graph.isHeld(number);
  }

  /**
   * Returns the held event at a position of the canonical order, from 0.
   *
   * @throws IllegalArgumentException if there is none
   */
  public LogEntry at(int position) {
    now.standing.settle();
    return now.graph.entry(now.order.at(position, OrderTree.Of.HELD));
  }

  /** Returns how many held events stand before a place. */
  public int positionOf(Place place) {
    now.standing.settle();
    return now.order.before(place, OrderTree.Of.HELD);
  }

  /** Returns at most {@code max} held events from a position on, fewer or none at the end. */
  public List<LogEntry> page(int fromPosition, int max) {
    List<LogEntry> page = new ArrayList<>();
    for (int i = Math.max(0, fromPosition); i < held() && page.size() < max; i++) {
      page.add(at(i));
    }
    return page;
  }

  // ---- what is kept: what reaches the app

  @Override
  public int keptSize() {
    now.standing.settle();
    return now.order.size(OrderTree.Of.KEPT);
  }

  /** Returns whether an event is kept. */
  public boolean isKept(EventId id) {
    now.standing.settle();
    int number = now.graph.find(id);
    return number != Graph.NONE && now.graph.isKept(number);
  }

  @Override
  public LogEntry keptAt(int position) {
    now.standing.settle();
    return now.graph.entry(now.order.at(position, OrderTree.Of.KEPT));
  }

  @Override
  public int keptBefore(Place place) {
    now.standing.settle();
    return now.order.before(place, OrderTree.Of.KEPT);
  }

  @Override
  public boolean isForked(LogEntry entry) {
    now.standing.settle();
    return now.standing.isForked(now.graph.number(entry.id()));
  }

  /** Returns where it changed since the last call which events are kept. */
  public Optional<Disturbed> takeDisturbed() {
    now.standing.settle();
    return now.standing.takeDisturbed();
  }

  /** Returns the keys of which other events count as forked than at the last call, ascending. */
  public List<PublicKey> takeForked() {
    now.standing.settle();
    return now.standing.takeForked();
  }

  @Override
  public Optional<Genesis> genesis() {
    return genesis;
  }

  /** Returns the key that signed the genesis, once it is here. */
  Optional<PublicKey> founderKey() {
    return size() == 0 ? Optional.empty() : Optional.of(now.graph.branch(0).chain.key());
  }

  /** Returns the depth of the deepest event, 0 while there is none. */
  public long depth() {
    return now.depth();
  }

  /** Returns the kept events that are in the past of no kept event, ascending by id. */
  public List<EventId> heads() {
    now.standing.settle();
    return List.copyOf(now.graph.heads().keySet());
  }

  /** Returns the chain of a key, null while nothing is known of it. */
  public @Nullable Chain chain(PublicKey key) {
    now.standing.settle();
    return now.chains.get(key);
  }

  /** Returns the least seq from which on a key counts as forked, where that matters. */
  public Optional<Long> forkSeq(PublicKey key) {
    now.standing.settle();
    Chain chain = now.chains.get(key);
    return chain == null ? Optional.empty() : now.standing.forkSeq(chain);
  }

  /** Returns all now.chains, ascending by key. */
  public Collection<Chain> chains() {
    return now.chains.values();
  }

  /** Returns the keys that now.forked, ascending. */
  public List<PublicKey> forkedKeys() {
    return List.copyOf(now.forked);
  }

  /**
   * Returns what the next event of an own chain cites: its last one and the other heads, at most 63
   * of them, those of least rank.
   */
  public Authoring author(PublicKey key) {
    if (genesis.isEmpty()) {
      return new Authoring.NoGenesis();
    }
    return now.author(key);
  }

  // ---- what waits

  /** Returns how many events wait for their past. */
  public int pending() {
    return pending.size();
  }

  /** Returns how many of them one link sent. */
  public int pending(Source source) {
    return pending.size(source);
  }

  /** Drops what a link has waiting, when it is gone. */
  public void forget(Source source) {
    pending.forget(source);
  }

  /** Returns parents to ask for, ascending, at most {@code max}. */
  public List<EventId> missing(int max) {
    return pending.missing(max);
  }

  /** Returns parents to ask one link for, since it sent what cites them. */
  public List<EventId> missing(Source source, int max) {
    return pending.missing(source, max, this::contains);
  }

  // ---- sync

  /** Returns the ends of all now.chains. */
  public Frontier frontier() {
    now.standing.settle();
    return Reach.frontier(this, Frontier.NOTHING);
  }

  /**
   * Returns the frontier to pull with from the peer that told its own. A key of which the other
   * knows a branch that this log does not, within the reach of what is here, is left out: the other
   * may not know of the fork and would take this peer's end for a continuation of its own.
   */
  public Frontier frontierFor(Frontier remote) {
    now.standing.settle();
    return Reach.frontier(this, remote);
  }

  /** Returns whether the other peer holds an event that is not valid here. */
  public boolean lacks(Frontier remote) {
    for (Tip tip : remote.tips()) {
      if (!contains(tip.id())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether a peer that told this frontier and served all that it holds owes events: tips
   * that are not here, of keys that did not fork as far as is known here. What it holds of a key
   * that forked may have changed meanwhile.
   */
  public boolean owes(Frontier remote) {
    for (Tip tip : remote.tips()) {
      if (!contains(tip.id()) && !now.forked.contains(tip.key())) {
        return true;
      }
    }
    return false;
  }

  /** Returns the Merkle tree over what is held, as it is now. */
  public LogTree tree() {
    now.standing.settle();
    return new LogTree(now.order, now.graph);
  }

  /** Returns a cursor over what a peer with that frontier lacks. */
  public Diff diff(Frontier remote) {
    return diff(remote, Range.ALL);
  }

  /** Returns a cursor over what a peer with that frontier lacks of a range. */
  public Diff diff(Frontier remote, Range range) {
    now.standing.settle();
    return new Diff(now.graph, now.chains.values(), remote, range);
  }
}
