// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.log.Source;
import org.myrhiza.replay.Counts;
import org.myrhiza.testkit.sim.Signing;

/** One attack on one peer that holds the {@link Ground}: who does what, and what it costs. */
final class Stage {
  /** The link over which the attacker sends. */
  static final Source LINK = new Source(7);

  /** Events that are remembered, to be told to another peer in another order. */
  private static final int REMEMBERED = 20_000;

  private final Ground ground;
  private final Tally app;
  private final LongSupplier nanos;
  private final Victim victim;
  private final Counts before;
  private final long storedBefore;
  private final long verifiedBefore;
  private final Bytes digestBefore;
  private final List<EventId> keptBefore;
  private final List<Event> honest = new ArrayList<>();
  private final List<Event> sent = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private long events;
  private long bytes;
  private long signatures;
  private long spent;
  private long suffered;

  Stage(Ground ground, Tally app, LongSupplier nanos) {
    this.ground = ground;
    this.app = app;
    this.nanos = nanos;
    victim = new Victim(ground.topic(), app, ground.signing().verifier());
    victim.trust(ground.events());
    before = victim.counts();
    storedBefore = victim.storedBytes();
    verifiedBefore = victim.verified();
    digestBefore = victim.digest();
    keptBefore = victim.kept();
  }

  /** Signs for the attacker, who pays for it. */
  Signing signing() {
    Signing real = ground.signing();
    return new Signing() {
      @Override
      public PublicKey publicKey(Bytes seed) {
        return real.publicKey(seed);
      }

      @Override
      public Signature sign(Bytes seed, Bytes message) {
        signatures++;
        return real.sign(seed, message);
      }

      @Override
      public SignatureVerifier verifier() {
        return real.verifier();
      }
    };
  }

  Victim victim() {
    return victim;
  }

  /** The digest before anything happened. */
  Bytes digestBefore() {
    return digestBefore;
  }

  /** The kept events before anything happened. */
  List<EventId> keptBefore() {
    return keptBefore;
  }

  /** What the attacker sent, as far as it is remembered. */
  List<Event> sent() {
    return sent;
  }

  /** An honest peer's events arrive; nobody is charged for what they cost. */
  void honest(Event... news) {
    honest.addAll(List.of(news));
    victim.trust(List.of(news));
  }

  /** The attacker makes events and sends them, so many at a time. */
  void strike(int page, Supplier<List<Event>> make) {
    long begin = nanos.getAsLong();
    List<Event> made = make.get();
    long had = nanos.getAsLong();
    victim.hear(made, LINK, page);
    suffered += nanos.getAsLong() - had;
    spent += had - begin;
    events += made.size();
    for (Event event : made) {
      bytes += Event.CODEC.encode(event).size();
    }
    if (sent.size() + made.size() <= REMEMBERED) {
      sent.addAll(made);
    }
  }

  void check(boolean good, String otherwise) {
    if (!good) {
      wrong.add(otherwise);
    }
  }

  /** What came out wrong so far. */
  List<String> wrong() {
    return wrong;
  }

  /** Nothing of what the attacker sent counts or is passed on, and nothing else changed. */
  void checkNothingCounts() {
    check(victim.kept().equals(keptBefore), "other events are kept than before");
    check(victim.digest().equals(digestBefore), "the digest changed");
    for (Event event : sent) {
      check(!victim.log().isHeld(event.id()), "held: " + event.id().text());
    }
  }

  /** A peer that heard the attack first, and the topic after it, ends with the same. */
  void checkAnotherOrder() {
    Victim other = new Victim(ground.topic(), app, ground.signing().verifier());
    List<Event> events = ground.events();
    int early = 1 + ground.authors();
    other.trust(events.subList(0, early));
    other.trust(sent);
    other.trust(honest);
    other.trust(events.subList(early, events.size()));
    other.trust(honest);
    other.trust(sent);
    check(other.kept().equals(victim.kept()), "another order keeps other events");
    check(other.digest().equals(victim.digest()), "another order gives another digest");
    boolean same = other.log().tree().root().equals(victim.log().tree().root());
    check(same, "another order holds other events");
  }

  /** Calls of the app since the attack began. */
  long calls() {
    return victim.counts().applied() - before.applied();
  }

  /** Events that replay went back over since the attack began. */
  long undone() {
    return victim.counts().undone() - before.undone();
  }

  /** Bytes by which the store grew. */
  long stored() {
    return victim.storedBytes() - storedBefore;
  }

  Report report(String name) {
    Report.Spent attacker = new Report.Spent(events, bytes, signatures, spent);
    Report.Suffered peer =
        new Report.Suffered(
            suffered,
            victim.verified() - verifiedBefore,
            stored(),
            victim.log().pending(),
            victim.log().size() - victim.log().held(),
            calls(),
            undone(),
            victim.counts().skipped() - before.skipped(),
            victim.points(),
            victim.refusals());
    return new Report(name, attacker, peer, wrong);
  }
}
