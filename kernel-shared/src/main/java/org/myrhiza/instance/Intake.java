// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.ForkProof;
import org.myrhiza.identity.SignedClaim;
import org.myrhiza.log.Candidate;
import org.myrhiza.log.Charge;
import org.myrhiza.log.Examined;
import org.myrhiza.log.KnownFork;
import org.myrhiza.log.Log;
import org.myrhiza.log.Offer;
import org.myrhiza.log.Source;
import org.myrhiza.log.StoredEvent;

/**
 * The way of a peer's event into the log: examined, verified, offered. An event that arrives again
 * while its signatures are verified shares the fate of the first copy, unless that copy's signature
 * is bad: a bad copy must not stand in the way of a good one. What turns out to wait for its past
 * after its link has gone is dropped, since nobody is left to answer for it.
 */
final class Intake {
  private final Log log;
  private final Outside outside;
  private final Consumer<StoredEvent> placed;
  private final Consumer<Event> fresh;
  // Looked up, never iterated.
  private final Map<EventId, List<Copy>> verifying = new HashMap<>();
  private int proving;
  private boolean closed;

  private record Copy(Event event, Source source, Consumer<Received> then) {}

  /**
   * An intake.
   *
   * @param placed told of each event that became valid
   * @param fresh told of each event with good signatures that a peer sent and that is new here
   */
  Intake(Log log, Outside outside, Consumer<StoredEvent> placed, Consumer<Event> fresh) {
    this.log = log;
    this.outside = outside;
    this.placed = placed;
    this.fresh = fresh;
  }

  /** Events whose signatures are being verified. */
  int verifying() {
    return verifying.size();
  }

  void close() {
    closed = true;
    verifying.clear();
  }

  void receive(Event event, Source source, Consumer<Received> then) {
    List<Copy> others = verifying.get(event.id());
    if (others != null) {
      if (others.size() < Limits.COPIES) {
        others.add(new Copy(event, source, then));
      } else {
        then.accept(new Received.Dropped());
      }
      return;
    }
    if (verifying.size() >= Limits.VERIFYING) {
      then.accept(new Received.Dropped());
      return;
    }
    switch (log.examine(event)) {
      case Examined.Fresh fresh -> verify(fresh.candidate(), new Copy(event, source, then));
      case Examined.Known known -> then.accept(new Received.Known());
      case Examined.Bad bad -> {
        outside.badEvent(source.link(), bad.refusal().message());
        then.accept(new Received.Refused());
      }
    }
  }

  /** Verifies a proof of a fork that is news, and hands it on if it is good. */
  void receive(ForkProof proof, long link, Consumer<ForkProof> learned) {
    KnownFork fork = new KnownFork(proof.first().signer(), proof.first().seq());
    if (!proof.isWithin(log.topic())) {
      outside.badEvent(link, "a proof of a fork in another topic");
    } else if (log.isNews(fork) && proving < Limits.PROVING) {
      proving++;
      new Proving(proof, link, learned).begin();
    }
  }

  /** Counts the answers for the claims of one proof. */
  private final class Proving {
    private final ForkProof proof;
    private final long link;
    private final Consumer<ForkProof> learned;
    private int open;
    private boolean good = true;

    Proving(ForkProof proof, long link, Consumer<ForkProof> learned) {
      this.proof = proof;
      this.link = link;
      this.learned = learned;
      this.open = proof.claims().size();
    }

    void begin() {
      for (SignedClaim claim : proof.claims()) {
        outside.verify(claim, this::answered);
      }
    }

    void answered(boolean claimGood) {
      good &= claimGood;
      open--;
      if (open > 0) {
        return;
      }
      proving--;
      if (!closed && good) {
        learned.accept(proof);
      } else if (!closed) {
        outside.badEvent(link, "a signature in a proof of a fork");
      }
    }
  }

  private void verify(Candidate candidate, Copy copy) {
    verifying.put(candidate.id(), new ArrayList<>(0));
    Verification verification = new Verification(candidate, copy);
    for (SignedClaim claim : candidate.claims()) {
      outside.verify(claim, verification::answered);
    }
  }

  /** Counts the answers for the claims of one event. */
  private final class Verification {
    private final Candidate candidate;
    private final Copy copy;
    private int open;
    private boolean good = true;

    Verification(Candidate candidate, Copy copy) {
      this.candidate = candidate;
      this.copy = copy;
      this.open = candidate.claims().size();
    }

    void answered(boolean claimGood) {
      good &= claimGood;
      open--;
      if (open == 0 && !closed) {
        settle(candidate, copy, good);
      }
    }
  }

  private void settle(Candidate candidate, Copy copy, boolean good) {
    List<Copy> others = verifying.remove(candidate.id());
    if (good) {
      offer(candidate, copy);
    } else {
      outside.badEvent(copy.source().link(), "a signature of event " + candidate.id().text());
      copy.then().accept(new Received.Refused());
    }
    if (others != null) {
      for (Copy other : others) {
        receive(other.event(), other.source(), other.then());
      }
    }
  }

  private void offer(Candidate candidate, Copy copy) {
    switch (log.offer(candidate, copy.source())) {
      case Offer.Placed placement -> {
        placement.events().forEach(placed);
        fresh.accept(candidate.event());
        charge(placement.charges());
        copy.then().accept(new Received.Placed(placement.events()));
      }
      case Offer.Known known -> copy.then().accept(new Received.Known());
      case Offer.Waiting waiting -> {
        fresh.accept(candidate.event());
        for (Charge charge : waiting.evicted()) {
          outside.evicted(charge.source().link());
        }
        if (!outside.isUp(copy.source().link())) {
          log.forget(copy.source());
        }
        outside.changed();
        copy.then().accept(new Received.Waiting());
      }
      case Offer.Bad bad -> {
        outside.badEvent(copy.source().link(), bad.refusal().message());
        charge(bad.charges());
        copy.then().accept(new Received.Refused());
      }
    }
  }

  private void charge(List<Charge> charges) {
    for (Charge charge : charges) {
      outside.badEvent(charge.source().link(), charge.why().message());
    }
  }
}
