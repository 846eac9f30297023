// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventHeader;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Join;
import org.myrhiza.event.LocalClock;
import org.myrhiza.identity.Certificate;
import org.myrhiza.identity.InstanceKind;
import org.myrhiza.log.Authoring;
import org.myrhiza.replay.Delivery;
import org.myrhiza.replay.PreCheck;
import org.myrhiza.replay.Verdict;
import org.myrhiza.view.Filled;
import org.myrhiza.view.Filling;
import org.myrhiza.view.View;

/**
 * Turns what the user does into events: fill the form, propose, pre-check over a state that is
 * thrown away, sign, place. One event is under way at a time, because the next one cites it. What
 * is signed is used only after it is on disk, so after a crash nothing is signed twice: either the
 * event is in the store, or nobody ever saw it.
 *
 * <p>The first event of this installation in a topic is its join, which carries the certificate. It
 * is written by the first action and not when the topic is joined: a reader leaves no trace.
 */
final class Author {
  private final Instance instance;
  private final Outside outside;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private final TreeMap<EventId, Signed> unjudged = new TreeMap<>();
  private LocalClock clock = LocalClock.START;
  private boolean busy;

  private record Waiting(ActRequest request, Consumer<ActResult> then) {}

  private record Signed(Event event, Consumer<ActResult> then) {}

  Author(Instance instance, Outside outside) {
    this.instance = instance;
    this.outside = outside;
  }

  void observe(Clock received) {
    clock = clock.observe(outside.nowMillis(), received);
  }

  void add(ActRequest request, Consumer<ActResult> then) {
    if (queue.size() >= Limits.WAITING_ACTS) {
      then.accept(new ActResult.Failed(Problems.busy(Limits.WAITING_ACTS)));
      return;
    }
    queue.add(new Waiting(request, then));
  }

  boolean hasWork() {
    return !queue.isEmpty() && !busy;
  }

  /** Answers everything that waits, because the instance ends. */
  void fail(Problem problem) {
    while (!queue.isEmpty()) {
      queue.remove().then().accept(new ActResult.Failed(problem));
    }
  }

  /** Begins the next action, if none is under way. The caller saw to it that replay caught up. */
  void pump() {
    if (busy || queue.isEmpty()) {
      return;
    }
    Problem problem = begin(queue.element());
    if (problem != null) {
      queue.remove().then().accept(new ActResult.Failed(problem));
    }
  }

  private @Nullable Problem begin(Waiting next) {
    if (!instance.self().mayAuthor()) {
      return Problems.readOnly();
    }
    return switch (instance.log().author(instance.self().signer())) {
      case Authoring.OwnFork fork -> Problems.forked();
      case Authoring.ShutOut shutOut -> Problems.shutOut();
      case Authoring.NoGenesis none -> Problems.notReady("the topic has not begun here");
      case Authoring.Next place when place.seq() == 1 -> join(place);
      case Authoring.Next place -> act(place, next);
    };
  }

  private @Nullable Problem join(Authoring.Next place) {
    Self self = instance.self();
    Certificate.Unsigned claim =
        new Certificate.Unsigned(
            self.principal(),
            instance.log().topic().bytes(),
            self.signer(),
            InstanceKind.DEVICE,
            self.deviceName());
    busy = true;
    outside.signAsUser(
        claim.message(),
        signature -> {
          busy = false;
          if (signature.isEmpty()) {
            failFirst(Problems.keyFailed());
            return;
          }
          Certificate certificate = claim.signed(signature.get());
          Join join = new Join(Optional.of(certificate), Optional.empty());
          Problem problem = sign(place, EventKind.JOIN, Join.CODEC.encode(join), null);
          if (problem != null) {
            failFirst(problem);
          }
        });
    return null;
  }

  private @Nullable Problem act(Authoring.Next place, Waiting next) {
    View view;
    switch (instance.view()) {
      case ViewResult.Shown shown -> view = shown.view();
      case ViewResult.Unseen unseen -> {
        return unseen.problem();
      }
    }
    ActRequest filled;
    switch (Filling.fill(view, next.request().action(), next.request().fields())) {
      case Filled.Ready ready -> filled = new ActRequest(next.request().action(), ready.fields());
      case Filled.Unready unready -> {
        return Problems.fields(unready.message(), unready.hint());
      }
    }
    App.Proposed proposed;
    switch (instance.propose(filled)) {
      case App.Said.Yes<App.Proposed> yes -> proposed = yes.value();
      case App.Said.No<App.Proposed> no -> {
        return no.problem();
      }
    }
    if (proposed.tag() < 1) {
      return Problems.rejected("it proposed an event without a tag of 1 or above");
    }
    Bytes payload = new AppPayload(proposed.tag(), proposed.body()).encode();
    if (payload.size() > Limits.AUTHORED_PAYLOAD_BYTES) {
      return Problems.tooLarge(payload.size(), Limits.AUTHORED_PAYLOAD_BYTES);
    }
    return sign(place, EventKind.APP, payload, next.then());
  }

  private @Nullable Problem sign(
      Authoring.Next place, EventKind kind, Bytes payload, @Nullable Consumer<ActResult> then) {
    Optional<Clock> now = clock.next(outside.nowMillis(), place.after());
    if (now.isEmpty()) {
      return Problems.clockEnded();
    }
    EventHeader header =
        new EventHeader(
            instance.log().topic(),
            instance.self().signer(),
            place.seq(),
            place.prev(),
            place.deps(),
            now.get(),
            kind,
            payload.size(),
            EventHeader.payloadHash(payload));
    if (kind == EventKind.APP) {
      Problem refused = preCheck(header, payload);
      if (refused != null) {
        return refused;
      }
    }
    busy = true;
    outside.signAsInstance(
        header.id().bytes(),
        signature -> {
          busy = false;
          if (signature.isEmpty()) {
            failFirst(Problems.keyFailed());
            return;
          }
          place(Event.of(header, payload, signature.get()), then);
        });
    return null;
  }

  private @Nullable Problem preCheck(EventHeader header, Bytes payload) {
    Optional<Delivery> delivery = Delivery.of(header, payload, instance.self().principal());
    if (delivery.isEmpty()) {
      return Problems.rejected("it proposed an event without a tag of 1 or above");
    }
    return switch (instance.preCheck(delivery.get())) {
      case PreCheck.Passed passed -> null;
      case PreCheck.Refused refused -> Problems.rejected(reason(refused.verdict()));
      case PreCheck.NotReady notReady -> Problems.notReady("earlier events are still applied");
      case PreCheck.HostFailed failed -> Problems.stopped(failed.reason());
    };
  }

  /** The reason of a verdict that is not acceptance. */
  static String reason(Verdict verdict) {
    return switch (verdict.kind()) {
      case ACCEPTED, NOT_APPLIED -> "";
      case REJECTED -> verdict.reason();
      case TRAPPED -> "its component trapped";
      case OUT_OF_FUEL -> "its component used up its fuel";
    };
  }

  private void place(Event event, @Nullable Consumer<ActResult> then) {
    Optional<String> refused = instance.placeOwn(event);
    if (refused.isPresent()) {
      failFirst(Problems.ownEventRefused(refused.get()));
      return;
    }
    if (then != null) {
      queue.remove();
      unjudged.put(event.id(), new Signed(event, then));
    }
  }

  private void failFirst(Problem problem) {
    Waiting first = queue.poll();
    if (first != null) {
      first.then().accept(new ActResult.Failed(problem));
    }
  }

  /** Why an event that was signed here does not count. */
  private Problem uncounted() {
    return instance.log().author(instance.self().signer()) instanceof Authoring.OwnFork
        ? Problems.forked()
        : Problems.shutOut();
  }

  /** Answers the actions whose events have their verdict now, once that is on disk. */
  void judged() {
    for (Signed signed : List.copyOf(unjudged.values())) {
      EventId id = signed.event().id();
      Verdict verdict = instance.replay().verdict(id);
      if (verdict == null && !instance.log().isKept(id)) {
        unjudged.remove(id);
        signed.then().accept(new ActResult.Failed(uncounted()));
      } else if (verdict != null) {
        unjudged.remove(id);
        ActResult result =
            new ActResult.Done(
                signed.event(), instance.position(id), verdict.accepted(), reason(verdict));
        outside.whenPersisted(() -> signed.then().accept(result));
      }
    }
  }
}
