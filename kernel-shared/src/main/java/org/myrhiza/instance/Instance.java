// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.ForkProof;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.log.Candidate;
import org.myrhiza.log.Examined;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.LogRecords;
import org.myrhiza.log.Offer;
import org.myrhiza.log.Source;
import org.myrhiza.log.StoredEvent;
import org.myrhiza.replay.Delivery;
import org.myrhiza.replay.Drained;
import org.myrhiza.replay.PreCheck;
import org.myrhiza.replay.Progress;
import org.myrhiza.replay.Replay;
import org.myrhiza.replay.SkipRule;
import org.myrhiza.state.StoreWrite;
import org.myrhiza.view.View;

/**
 * One app on one topic. Events come in and are placed; while an app runs, replay brings the state
 * to the end of the log in bounded steps; actions become events. Until it is told to {@link #keep},
 * nothing is written to the store: a topic that is being joined leaves nothing when it is given up.
 */
public final class Instance {
  private final Outside outside;
  private final SignatureVerifier verifier;
  private final Log log;
  private final OwnChains own;
  private final Replay replay;
  private final Intake intake;
  private final Author author;
  private final StoreReads reads;
  private final Questions questions;
  private final Proofs proofs;
  private final Indexing indexing;
  private final List<StoredEvent> unkept = new ArrayList<>();
  private final List<Event> authoredSince = new ArrayList<>();
  private Self self;
  private boolean keeps;
  private boolean preparing;
  private boolean reading;
  private boolean stalled;
  private boolean closed;
  private String note = "";
  private @Nullable App app;
  private App.@Nullable Facts facts;

  /** An instance without events. */
  public Instance(
      TopicId topic, Self self, Outside outside, SignatureVerifier verifier, Tuning tuning) {
    this.self = self;
    this.outside = outside;
    this.verifier = verifier;
    log = tuning.log(topic);
    SkipRule rule = tuning.checksReplay() ? SkipRule.CHECKED : SkipRule.SOUND;
    replay = Replay.of(log, rule, tuning.results());
    replay.state().keepAtMost(tuning.valueBytes());
    own = new OwnChains(log);
    author = new Author(this, outside);
    reads = new StoreReads(this, outside);
    questions = new Questions(replay.state(), reads);
    proofs = new Proofs(log, outside, reads, author::forked);
    indexing = new Indexing(log.index(), outside);
    intake = new Intake(log, outside, this::placed, author::arrived);
  }

  /** The topic's log; only this instance changes it. */
  public Log log() {
    return log;
  }

  /** The state and the verdicts; only this instance changes them. */
  public Replay replay() {
    return replay;
  }

  Self self() {
    return self;
  }

  OwnChains own() {
    return own;
  }

  /** Whether events were signed here. */
  public boolean hasAuthored() {
    return own.signed(self.signer());
  }

  /** Goes on under another key. */
  public void become(Self renewed) {
    self = renewed;
    facts = null;
    outside.changed();
  }

  /** Answers what waits to be written, because it cannot be. */
  public void failActs(Problem why) {
    author.fail(why);
  }

  /** Takes an event of a peer. */
  public void receive(Event event, long link, Consumer<Received> then) {
    if (!keeps && unkept.size() >= Limits.UNKEPT) {
      then.accept(new Received.Dropped());
    } else if (!closed) {
      intake.receive(event, new Source(link), then);
    }
  }

  /** Takes a proof of a fork from a peer. */
  public void receive(ForkProof proof, long link) {
    if (!closed) {
      intake.receive(proof, link, this::learned);
    }
  }

  private void learned(ForkProof proof) {
    log.learn(proof);
    proofs.note(keeps);
    outside.changed();
  }

  /** Proofs of forks that became known since the last call, to be passed on to peers. */
  public List<ForkProof> takeProofs() {
    return proofs.take();
  }

  /** Forgets what a link has pending. */
  public void forget(long link) {
    log.forget(new Source(link));
  }

  /** Events whose signatures are being verified. */
  public int verifying() {
    return intake.verifying();
  }

  /**
   * Places an event that was signed here.
   *
   * @return why it is not valid, or empty
   */
  public Optional<String> placeOwn(Event event) {
    return switch (log.examine(event)) {
      case Examined.Known known -> Optional.of("it is known already");
      case Examined.Bad bad -> Optional.of(bad.refusal().message());
      case Examined.Fresh fresh -> offerOwn(fresh.candidate());
    };
  }

  private Optional<String> offerOwn(Candidate candidate) {
    if (!candidate.verifiedBy(verifier)) {
      return Optional.of("its signature is bad");
    }
    return switch (log.offer(candidate, Source.LOCAL)) {
      case Offer.Placed placement -> {
        Event event = candidate.event();
        outside.write(own.signedNow(event));
        placement.events().forEach(this::placed);
        authoredSince.add(event);
        yield Optional.empty();
      }
      case Offer.Known known -> Optional.of("it is known already");
      case Offer.Waiting waiting -> Optional.of("its past is missing");
      case Offer.Bad bad -> Optional.of(bad.refusal().message());
    };
  }

  private void placed(StoredEvent event) {
    if (keeps) {
      outside.write(stored(event));
      indexing.changed();
    } else {
      unkept.add(event);
    }
    author.observe(event.entry().clock());
    proofs.note(keeps);
    outside.changed();
  }

  private StoreWrite stored(StoredEvent event) {
    return new StoreWrite(LogRecords.key(log.topic(), event.place()), LogRecords.value(event));
  }

  /** Events signed here since the last call, to be pushed to peers. */
  public List<Event> takeAuthored() {
    List<Event> taken = List.copyOf(authoredSince);
    authoredSince.clear();
    return taken;
  }

  /** From now on everything is written to the store, what is held already first. */
  public void keep() {
    keeps = true;
    unkept.forEach(event -> outside.write(stored(event)));
    unkept.clear();
    indexing.changed();
    proofs.keep();
  }

  /** Lets an app run from now on; its modules are prepared first. */
  public void run(App running) {
    app = running;
    prepare(running);
    outside.changed();
  }

  /** Stops materialising for good, and says why. */
  public void stop(String why) {
    note = why;
    stalled = true;
    author.fail(Problems.stopped(why));
    outside.changed();
  }

  /** Ends: nothing is called or written any more. */
  public void close(Problem why) {
    closed = true;
    note = why.message();
    intake.close();
    author.fail(why);
  }

  /** Tells replay what changed in the log since the last call. */
  private void settle() {
    log.takeDisturbed().ifPresent(change -> replay.disturbed(change.from(), change.to()));
    log.takeForked().forEach(replay::forked);
    if (keeps && replay.caughtUp()) {
      for (LogEntry gone : log.dropUnheld(own.keys(), org.myrhiza.log.Limits.UNHELD)) {
        reads.drop(gone);
      }
      indexing.changed();
    }
  }

  /** Whether a step would do something now. */
  public boolean hasWork() {
    settle();
    boolean waits = closed || stalled || preparing || reading;
    if (waits || app == null || !keeps || log.size() == 0) {
      return false;
    }
    return !replay.caughtUp() || author.hasWork();
  }

  /** Does a bounded amount of work: at most one slice of replay and the beginning of one action. */
  public void step() {
    App running = app;
    if (!hasWork() || running == null) {
      return;
    }
    if (!running.isReady()) {
      prepare(running);
      return;
    }
    if (!replay.caughtUp()) {
      materialise(running);
    }
    if (!stalled && replay.caughtUp()) {
      author.pump();
    }
  }

  private void materialise(App running) {
    Progress progress = replay.step(running.applier(facts()), running.limits());
    Drained drained = replay.drain();
    drained.writes().forEach(outside::write);
    indexing.changed(drained.marks());
    author.judged();
    author.yieldMemory();
    switch (progress) {
      case Progress.Stalled(EventId event, String reason) ->
          stall("it stopped at event " + event.text() + ": " + reason);
      case Progress.Needs(List<Bytes> keys) -> {
        reading = true;
        reads.forReplay(
            keys,
            () -> {
              reading = false;
              outside.changed();
            });
      }
      case Progress.More more -> {}
      case Progress.Done done -> {}
    }
    if (!replay.differences().isEmpty()) {
      stop("a defect of replay was found: " + replay.differences().getFirst());
    }
    outside.changed();
  }

  /** Stops for a while, and says why. */
  void stall(String why) {
    if (closed) {
      return;
    }
    stalled = true;
    note = why;
    author.fail(Problems.stopped(note));
    outside.timer(
        outside.nowMillis() + Limits.STALL_MILLIS,
        () -> {
          if (!closed) {
            stalled = false;
            note = "";
            outside.changed();
          }
        });
  }

  private void prepare(App running) {
    preparing = true;
    Preparation.start(
        running,
        outside::prepare,
        failure -> {
          preparing = false;
          failure.ifPresent(this::stop);
          outside.changed();
        });
  }

  /** What the app is told; the genesis must be held. */
  private App.Facts facts() {
    App.Facts known = facts;
    if (known == null) {
      Genesis genesis = log.genesis().orElseThrow();
      known = new App.Facts(log.topic(), log.at(0).principal(), genesis.name(), self);
      facts = known;
    }
    return known;
  }

  /**
   * Tells what the app shows at the materialised state, at once or when the values that it looks at
   * were read.
   *
   * @param whenShowable runs what it gets once the app can be asked, which by then it may not be
   */
  public void view(Consumer<Runnable> whenShowable, Consumer<ViewResult> then) {
    questions.view(this, whenShowable, then);
  }

  boolean isPrepared() {
    return app != null && app.isReady();
  }

  /** What the app shows; void when {@link Questions#misses} says so afterwards. */
  ViewResult view() {
    App running = app;
    if (running == null || log.size() == 0 || !running.isReady()) {
      return new ViewResult.Unseen(
          stalled ? Problems.stopped(note) : Problems.notReady("the app is being prepared"));
    }
    return switch (questions.ask(state -> running.view(state, facts()))) {
      case App.Said.Yes<View> yes -> new ViewResult.Shown(yes.value());
      case App.Said.No<View> no -> new ViewResult.Unseen(no.problem());
    };
  }

  App.Said<App.Proposed> propose(ActRequest request) {
    App running = app;
    return running == null
        ? new App.Said.No<>(Problems.notReady("the app is being prepared"))
        : questions.ask(state -> running.propose(state, facts(), request));
  }

  /** How the app is asked, which {@link #view} and {@link #propose} do. */
  Questions questions() {
    return questions;
  }

  PreCheck preCheck(Delivery event) {
    App running = app;
    return running == null
        ? new PreCheck.NotReady()
        : replay.preCheck(running.applier(facts()), event, running.limits());
  }

  /** Does what a user wishes as soon as the state is at the end of the log. */
  public void act(Wish wish, Consumer<ActResult> then) {
    if (closed || stalled) {
      then.accept(new ActResult.Failed(Problems.stopped(note)));
      return;
    }
    author.add(wish, then);
  }

  /** The place of a valid event in the canonical order now, from 0. */
  public long position(EventId id) {
    LogEntry entry = log.get(id);
    return entry == null ? -1 : log.positionOf(entry.place());
  }

  /** Whether it is stopped, for now or for good. */
  public boolean isStopped() {
    return stalled;
  }

  /** Whether the state is at the end of the log and nothing is being verified. */
  public boolean isQuiet() {
    settle();
    return replay.caughtUp() && intake.verifying() == 0;
  }

  /**
   * Whether the view shows the end of the log, or it is known that it cannot. Modules that the
   * engine no longer holds are prepared again.
   */
  public boolean isShowable() {
    settle();
    App running = app;
    if (stalled || running == null) {
      return stalled;
    }
    if (!running.isReady() && !preparing) {
      prepare(running);
    }
    return running.isReady() && replay.caughtUp();
  }

  /** Whether what is told of it will not change by itself: shown, stopped, or without its app. */
  public boolean isSettled() {
    return app == null || isShowable();
  }

  /** Why it does not materialise, or what it waits for; empty when all is well. */
  public String note() {
    App running = app;
    if (!note.isEmpty()) {
      return note;
    }
    if (running == null) {
      return "the app is being fetched";
    }
    return preparing && !running.isReady() ? "the app is being prepared" : "";
  }

  /** The digest of the state. */
  public Bytes digest() {
    return replay.digest();
  }

  /** What it holds. */
  public EventCounts counts() {
    var done = replay.counts();
    return new EventCounts(
        log.held(), log.pending(), own.apps(), done.accepted(), done.rejected(), done.rollbacks());
  }

  /** Reads rows of the log in canonical order. */
  public void rows(int from, int limit, Consumer<List<LogRow>> then) {
    reads.rows(log.page(from, limit), then);
  }

  /**
   * Hands over events with all their bytes, at once or when they were read. What is not there any
   * more is left out; when the store cannot be read, nothing is handed over.
   */
  public void withBytes(List<LogEntry> entries, Consumer<List<StoredEvent>> then) {
    reads.withBytes(entries, then, () -> {});
  }

  /** The way of its records from the store at a start. */
  public Restoration restoration() {
    return new Restoration(log, own, replay, author::observe);
  }

  /** Ends the restore; the instance keeps what it gets from now on. */
  public void restored() {
    replay.restored();
    keeps = true;
    indexing.changed();
    proofs.note(true);
    if (own.isElsewhere(self.signer())) {
      outside.spent();
    }
    if (!own.lost().isEmpty()) {
      author.lookForLost();
    }
  }
}
