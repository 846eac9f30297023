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
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.Problem.Exit;
import org.myrhiza.log.Authoring;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.StoredEvent;
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
 * is written by the first action and not when the topic is joined: a reader leaves no trace. In a
 * topic that is not open it cites what lets it in, and proves the invitation if that is what does;
 * the secret of an invitation is kept until then.
 */
final class Author {
  private final Instance instance;
  private final Outside outside;
  private final Entrance entrance;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private final TreeMap<EventId, Signed> unjudged = new TreeMap<>();
  private LocalClock clock = LocalClock.START;
  private boolean busy;

  /** Lets go of the values that were read for the next action. */
  private Runnable values = () -> {};

  private Hold hold = Hold.FREE;
  private boolean looking;

  /** Whether the next action waits for word from peers. */
  private enum Hold {
    FREE,
    HOLDING,
    OVER
  }

  private record Waiting(Wish wish, Consumer<ActResult> then) {}

  private record Signed(Event event, Consumer<ActResult> then) {}

  Author(Instance instance, Outside outside) {
    this.instance = instance;
    this.outside = outside;
    this.entrance = new Entrance(instance, outside.pass());
  }

  void observe(Clock received) {
    clock = clock.observe(outside.nowMillis(), received);
  }

  void add(Wish wish, Consumer<ActResult> then) {
    if (queue.size() >= Limits.WAITING_ACTS) {
      then.accept(new ActResult.Failed(Problems.busy(Limits.WAITING_ACTS)));
      return;
    }
    queue.add(new Waiting(wish, then));
  }

  boolean hasWork() {
    return !queue.isEmpty() && !busy && !isHeld();
  }

  private boolean isHeld() {
    return outside.awaitsKey() || (hold == Hold.HOLDING && mayBeBehind());
  }

  private boolean mayBeBehind() {
    return outside.mayBeBehind(instance.self().signer());
  }

  /**
   * Whether peers may know more of the own chain than what is here: then an action waits for them,
   * but not for long, since they may never say.
   */
  private boolean holds() {
    if (!mayBeBehind()) {
      hold = Hold.FREE;
    } else if (hold == Hold.FREE) {
      hold = Hold.HOLDING;
      outside.timer(outside.nowMillis() + Limits.HOLD_MILLIS, this::endHold);
    }
    return hold == Hold.HOLDING;
  }

  private void endHold() {
    hold = hold == Hold.HOLDING ? Hold.OVER : hold;
  }

  /** What is signed here is held before it is sent, so that it never comes as news. */
  void arrived(Event event) {
    if (event.header().signer().equals(instance.self().signer())) {
      outside.spent();
    }
  }

  /** A key is known to have forked: it may be an own one. */
  void forked(PublicKey key) {
    if (key.equals(instance.self().signer())) {
      outside.spent();
    }
    if (instance.own().signed(key)) {
      lookForLost();
    }
  }

  /** Looks, after a while, for what was signed here under a key that forked and is not kept. */
  void lookForLost() {
    if (!looking) {
      looking = true;
      outside.timer(outside.nowMillis() + Limits.AGAIN_MILLIS, this::look);
    }
  }

  private void look() {
    looking = false;
    if (outside.awaitsKey() || !outside.isSynced() || !instance.isQuiet()) {
      lookForLost();
      return;
    }
    List<LogEntry> all = instance.own().lost();
    List<LogEntry> first = all.subList(0, Math.min(all.size(), Limits.AGAIN_EVENTS));
    instance.withBytes(first, found -> found.forEach(this::again));
    if (first.size() < all.size()) {
      lookForLost();
    }
  }

  private void again(StoredEvent lost) {
    queue.add(new Waiting(new Wish.Again(lost), result -> doneAgain(lost.entry(), result)));
  }

  /** The user of a lost event may still wait for its verdict, and gets that of the new one. */
  private void doneAgain(LogEntry lost, ActResult result) {
    boolean refused =
        result instanceof ActResult.Failed failed && failed.problem().exit() == Exit.REJECTED;
    if (refused) {
      outside.write(instance.own().settle(lost));
    }
    Signed waiting = unjudged.remove(lost.id());
    if (waiting != null) {
      waiting.then().accept(result);
    }
  }

  /** Answers everything that waits, because the instance ends. */
  void fail(Problem problem) {
    letGo();
    while (!queue.isEmpty()) {
      queue.remove().then().accept(new ActResult.Failed(problem));
    }
  }

  /** Begins the next action, if none is under way. The caller saw to it that replay caught up. */
  void pump() {
    while (!queue.isEmpty() && isNeedless(queue.element().wish())) {
      queue.remove();
    }
    if (queue.isEmpty()) {
      letGo();
    }
    if (busy || queue.isEmpty() || outside.awaitsKey() || holds()) {
      return;
    }
    Problem problem = begin(queue.element());
    if (problem != null && instance.questions().misses()) {
      // Nothing was signed: it begins again once the values that the app wanted were read.
      busy = true;
      instance.questions().fetch(this::beginAgain, () -> beginAgain(() -> {}));
      return;
    }
    letGo();
    if (problem != null) {
      queue.remove().then().accept(new ActResult.Failed(problem));
    }
  }

  /** What was read stays in memory until the action has begun, whatever it wants beside. */
  private void beginAgain(Runnable release) {
    Runnable before = values;
    values =
        () -> {
          before.run();
          release.run();
        };
    busy = false;
    outside.changed();
    if (queue.isEmpty()) {
      letGo();
    }
  }

  /** Replay goes on for long while an action waits: what was read for it may be read again. */
  void yieldMemory() {
    if (instance.replay().state().isOverfull()) {
      letGo();
    }
  }

  private void letGo() {
    Runnable held = values;
    values = () -> {};
    held.run();
  }

  /** Whether an event that seemed lost is kept by now, or was proposed again. */
  private boolean isNeedless(Wish wish) {
    return wish instanceof Wish.Again(StoredEvent lost)
        && (instance.log().isKept(lost.id()) || !instance.own().isOpen(lost.entry()));
  }

  private @Nullable Problem begin(Waiting next) {
    if (!instance.self().mayAuthor()) {
      return Problems.readOnly();
    }
    return switch (instance.log().author(instance.self().signer())) {
      case Authoring.OwnFork fork -> {
        outside.spent();
        yield null;
      }
      case Authoring.ShutOut shutOut -> Problems.shutOut();
      case Authoring.NoGenesis none -> Problems.notReady("the topic has not begun here");
      case Authoring.Next place when place.seq() == 1 -> join(place);
      case Authoring.Next place ->
          switch (next.wish()) {
            case Wish.Act act -> act(place, act.request(), next);
            case Wish.Deed deed -> sign(place, deed.kind(), deed.payload(), next);
            case Wish.Again again ->
                sign(place, EventKind.APP, again.lost().event().payload(), next);
          };
    };
  }

  private @Nullable Problem join(Authoring.Next place) {
    Problem refused = entrance.refusal();
    if (refused != null) {
      return refused;
    }
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
          if (isGivenUp(self.signer())) {
            return;
          }
          if (signature.isEmpty()) {
            failFirst(Problems.keyFailed());
            return;
          }
          Problem problem = signJoin(place, claim.signed(signature.get()));
          if (problem != null) {
            failFirst(problem);
          }
        });
    return null;
  }

  private @Nullable Problem signJoin(Authoring.Next place, Certificate certificate) {
    Join join = new Join(Optional.of(certificate), entrance.proof());
    return sign(entrance.citing(place), EventKind.JOIN, Join.CODEC.encode(join), null);
  }

  /** Whether a key was given up while something was signed: that is begun again with the next. */
  private boolean isGivenUp(PublicKey key) {
    return outside.awaitsKey() || !instance.self().signer().equals(key);
  }

  private @Nullable Problem act(Authoring.Next place, ActRequest request, Waiting next) {
    View view;
    switch (instance.view()) {
      case ViewResult.Shown shown -> view = shown.view();
      case ViewResult.Unseen unseen -> {
        return unseen.problem();
      }
    }
    ActRequest filled;
    switch (Filling.fill(view, request.action(), request.fields())) {
      case Filled.Ready ready -> filled = new ActRequest(request.action(), ready.fields());
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
    return sign(place, EventKind.APP, payload, next);
  }

  private @Nullable Problem sign(
      Authoring.Next place, EventKind kind, Bytes payload, @Nullable Waiting done) {
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
          if (isGivenUp(header.signer())) {
            return;
          }
          if (signature.isEmpty()) {
            failFirst(Problems.keyFailed());
            return;
          }
          place(Event.of(header, payload, signature.get()), done);
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
      case PreCheck.Misses misses -> Problems.reading();
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

  private void place(Event event, @Nullable Waiting done) {
    boolean joins = event.header().kind() == EventKind.JOIN;
    // While it was signed, somebody else's join by the same invitation may have come.
    Problem closed = joins ? entrance.refusal() : null;
    if (closed != null) {
      failFirst(closed);
      return;
    }
    Optional<String> refused = instance.placeOwn(event);
    if (refused.isPresent()) {
      failFirst(Problems.ownEventRefused(refused.get()));
      return;
    }
    if (joins) {
      entrance.entered();
    }
    if (done != null) {
      queue.remove();
      written(event, done);
    }
  }

  /** Goes on after an event was placed. Nobody judges what is no app's. */
  private void written(Event event, Waiting done) {
    switch (done.wish()) {
      case Wish.Act act -> unjudged.put(event.id(), new Signed(event, done.then()));
      case Wish.Again(StoredEvent lost) -> {
        outside.write(instance.own().settle(lost.entry()));
        unjudged.put(event.id(), new Signed(event, done.then()));
      }
      case Wish.Deed deed -> {
        ActResult result = new ActResult.Done(event, instance.position(event.id()), true, "");
        outside.whenPersisted(() -> done.then().accept(result));
      }
    }
  }

  private void failFirst(Problem problem) {
    Waiting first = queue.poll();
    if (first != null) {
      first.then().accept(new ActResult.Failed(problem));
    }
  }

  /** An event that was signed here does not count: after a fork it is proposed again. */
  private void uncounted(Signed signed) {
    PublicKey key = signed.event().header().signer();
    if (!(instance.log().author(key) instanceof Authoring.OwnFork)) {
      unjudged.remove(signed.event().id());
      signed.then().accept(new ActResult.Failed(Problems.shutOut()));
    }
  }

  /** Answers the actions whose events have their verdict now, once that is on disk. */
  void judged() {
    for (Signed signed : List.copyOf(unjudged.values())) {
      EventId id = signed.event().id();
      Verdict verdict = instance.replay().verdict(id);
      if (verdict == null && !instance.log().isKept(id)) {
        uncounted(signed);
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
