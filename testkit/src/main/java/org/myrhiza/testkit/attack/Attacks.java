// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventHeader;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Place;
import org.myrhiza.hash.Blake3;
import org.myrhiza.log.Limits;
import org.myrhiza.sync.Offence;

/**
 * The attacks of rules.md 12, each on a peer of its own, and what must come of it: nothing that the
 * rules do not allow, the same for a peer that heard all in another order, and bounds on what is
 * kept, stored and run again.
 */
public final class Attacks {
  /** As many events as one page of sync may bring, before a peer comes to rest. */
  private static final int PAGE = 64;

  /** Bytes that a small event takes in a store at most, its verdict included. */
  private static final int STORED_EVENT = 1_024;

  private final Ground ground;
  private final LongSupplier nanos;

  /**
   * Attacks on a topic.
   *
   * @param nanos a clock, for what each side spends; any constant where nobody asks
   */
  public Attacks(Ground ground, LongSupplier nanos) {
    this.ground = ground;
    this.nanos = nanos;
  }

  /**
   * Each attack in turn.
   *
   * @param strength events of each that is a flood
   * @param junk events of the one that is nothing but junk
   */
  public List<Report> all(int strength, int junk) {
    List<Report> reports = new ArrayList<>();
    reports.add(retroactiveForks());
    reports.add(acknowledgedForks());
    reports.add(backdating(strength));
    reports.add(shallowFlood(strength, Tally.EACH));
    reports.add(shallowFlood(strength, Tally.ALL));
    reports.add(grinding(strength));
    reports.add(depthInflation(strength));
    reports.add(withheldParents());
    reports.add(junkBranches(junk));
    reports.add(clockAtItsEnd());
    reports.add(honestRestore());
    return reports;
  }

  private Stage stage(Tally app) {
    return new Stage(ground, app, nanos);
  }

  private static List<Event> times(int count, IntFunction<Event> make) {
    List<Event> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(make.apply(i));
    }
    return made;
  }

  private Pen authorAtJoin(int author, Stage stage) {
    Pen pen = ground.author(author, stage.signing());
    pen.goOn(ground.join(author));
    return pen;
  }

  /** Each author signs another second event, long after everybody built upon the first. */
  public Report retroactiveForks() {
    Stage stage = stage(Tally.EACH);
    stage.strike(1, () -> times(ground.authors(), i -> authorAtJoin(i, stage).say(Bytes.of(2))));
    stage.checkNothingCounts();
    stage.check(stage.victim().log().forks().size() == ground.authors(), "a fork is not known");
    stage.check(stage.calls() == 0, "events ran again that asked for no fork");
    stage.check(stage.undone() == 0, "replay went back for a fork that changes nothing");
    stage.checkAnotherOrder();
    return stage.report("retroactive fork, one of each author");
  }

  /** The same, and an accomplice acknowledges each other branch. */
  public Report acknowledgedForks() {
    Stage stage = stage(Tally.EACH);
    TreeSet<EventId> branches = new TreeSet<>();
    stage.strike(
        1,
        () -> {
          List<Event> made = new ArrayList<>();
          for (int i = 0; i < ground.authors(); i++) {
            Event branch = authorAtJoin(i, stage).say(Bytes.of(2));
            Pen accomplice = ground.pen(stage.signing());
            made.add(branch);
            made.add(accomplice.join(ground.genesis().id()));
            made.add(accomplice.say(branch.id()));
            branches.add(branch.id());
          }
          return made;
        });
    Victim victim = stage.victim();
    stage.check(victim.kept().containsAll(branches), "an acknowledged branch is not kept");
    stage.check(
        victim.log().keptSize() == stage.keptBefore().size() + stage.sent().size(),
        "not all is kept that was acknowledged");
    stage.check(
        stage.calls() <= 2L * ground.authors() + ground.events().size(),
        "more ran again than what the forked authors wrote");
    stage.check(victim.isAsFromNothing(), "the state is not that of a replay from nothing");
    stage.checkAnotherOrder();
    return stage.report("retroactive fork, acknowledged by an accomplice");
  }

  /** Somebody who was shut out goes on as if it had been before, also under another key. */
  public Report backdating(int strength) {
    Stage stage = stage(Tally.EACH);
    Pen gone = ground.author(0, stage.signing());
    Event fence = ground.founder().fence(gone.key(), ground.tip());
    stage.honest(fence);
    stage.strike(
        PAGE,
        () -> {
          List<Event> made = new ArrayList<>(times(strength / 2, i -> gone.say()));
          Pen device = ground.pen(stage.signing());
          made.add(device.joinFor(gone, ground.genesis().id()));
          Pen back = authorAtJoin(0, stage);
          made.addAll(times(strength / 4, i -> back.say(Bytes.of(3))));
          made.addAll(times(strength / 4, i -> device.say()));
          return made;
        });
    List<EventId> kept = stage.victim().kept();
    stage.check(kept.remove(fence.id()), "the fence is not kept");
    stage.check(kept.equals(stage.keptBefore()), "an event from after the expulsion is kept");
    for (Event event : stage.sent()) {
      stage.check(!stage.victim().log().isHeld(event.id()), "void, and held");
    }
    stage.check(stage.victim().digest().equals(stage.digestBefore()), "the digest changed");
    stage.check(stage.calls() == 0, "the app got something of it");
    stage.checkAnotherOrder();
    return stage.report("backdating after expulsion");
  }

  /** Good events at the very beginning, one page after the other. */
  Report shallowFlood(int strength, Tally app) {
    Stage stage = stage(app);
    Pen pen = ground.pen(stage.signing());
    stage.strike(
        PAGE,
        () -> {
          List<Event> made = new ArrayList<>();
          made.add(pen.join(ground.genesis().id()));
          made.addAll(times(strength - 1, i -> pen.say()));
          return made;
        });
    Victim victim = stage.victim();
    int all = stage.keptBefore().size() + strength;
    stage.check(victim.log().keptSize() == all, "a good event is not kept");
    long pages = strength / PAGE + 1L;
    long most = app == Tally.EACH ? strength : strength + pages * all;
    stage.check(stage.calls() <= most, stage.calls() + " calls, expected at most " + most);
    stage.check(victim.isAsFromNothing(), "the state is not that of a replay from nothing");
    stage.checkAnotherOrder();
    String reads = app == Tally.EACH ? "nobody reads it" : "all read it";
    return stage.report("shallow flood, " + reads);
  }

  /** The shallow flood on an app whose events do not read one another's. */
  public Report shallowFlood(int strength) {
    return shallowFlood(strength, Tally.EACH);
  }

  /** The same on an app where each event reads what the one before it wrote. */
  public Report shallowFloodThatAllRead(int strength) {
    return shallowFlood(strength, Tally.ALL);
  }

  /** Of many ids for one event the least is taken, to come before somebody else's. */
  public Report grinding(int tries) {
    Stage stage = stage(Tally.EACH);
    Pen pen = ground.pen(stage.signing());
    int middle = ground.events().size() / 2;
    TreeSet<Integer> positions = new TreeSet<>();
    EventId before = ground.events().get(middle).id();
    long depth = depth(stage, before) + 2;
    stage.strike(
        PAGE,
        () -> {
          Event join = pen.join(before);
          EventHeader best = null;
          Bytes payload = Bytes.EMPTY;
          for (int i = 0; i < tries; i++) {
            Bytes body =
                new AppPayload(1, Bytes.of(i >> 16 & 0xff, i >> 8 & 0xff, i & 0xff)).encode();
            EventHeader tried = pen.header(EventKind.APP, body, new Clock(5_000, 0));
            Place place = Place.of(ground.topic(), depth, pen.key(), tried.id());
            positions.add(stage.victim().log().keptBefore(place));
            if (best == null || tried.id().compareTo(best.id()) < 0) {
              best = tried;
              payload = body;
            }
          }
          return best == null ? List.of(join) : List.of(join, pen.signed(best, payload));
        });
    stage.check(positions.size() == 1, "places by id: " + positions);
    stage.check(depth(stage, stage.sent().getLast().id()) == depth, "another depth");
    int position = stage.victim().kept().indexOf(stage.sent().getLast().id());
    stage.check(position == positions.first() + 1, "another place than any id has");
    stage.checkAnotherOrder();
    return stage.report("id grinding, " + tries + " tries");
  }

  private static long depth(Stage stage, EventId id) {
    var entry = stage.victim().log().get(id);
    return entry == null ? 0 : entry.depth();
  }

  /** A long branch on the newest event, to push away what others write meanwhile. */
  public Report depthInflation(int strength) {
    Stage stage = stage(Tally.EACH);
    Pen pen = ground.pen(stage.signing());
    stage.strike(
        PAGE,
        () -> {
          List<Event> made = new ArrayList<>();
          made.add(pen.join(ground.tip()));
          made.addAll(times(strength - 1, i -> pen.say()));
          return made;
        });
    long calls = stage.calls();
    Pen founder = ground.founder();
    Event meanwhile = founder.say(ground.tip());
    stage.honest(meanwhile);
    stage.check(stage.calls() == calls + 1, "a concurrent event made others run again");
    List<EventId> kept = stage.victim().kept();
    int place = kept.indexOf(meanwhile.id());
    int size = stage.keptBefore().size();
    stage.check(place == size || place == size + 1, "pushed to place " + place + " of " + size);
    stage.check(kept.subList(0, size).equals(stage.keptBefore()), "the old order changed");
    Event next = founder.say(stage.sent().getLast().id());
    stage.honest(next);
    stage.check(stage.victim().kept().getLast().equals(next.id()), "the next one is not last");
    stage.checkAnotherOrder();
    return stage.report("depth inflation");
  }

  /** Events without their past, more than a link may have waiting. */
  public Report withheldParents() {
    Stage stage = stage(Tally.EACH);
    Pen pen = ground.pen(stage.signing());
    pen.goBackTo(1, new EventId(Blake3.hash(ground.genesis().id().bytes())));
    int over = org.myrhiza.sync.Limits.CHARGE_BOUND / Offence.EVICTED.points();
    stage.strike(PAGE, () -> times(Limits.PENDING_EVENTS + over, i -> pen.say()));
    Victim victim = stage.victim();
    stage.check(victim.log().pending() == Limits.PENDING_EVENTS, "another number waits");
    stage.check(victim.points() >= org.myrhiza.sync.Limits.CHARGE_BOUND, "the link may stay open");
    stage.check(stage.stored() == 0, "something of it is stored");
    stage.checkNothingCounts();
    Report report = stage.report("withheld parents");
    victim.log().forget(Stage.LINK);
    stage.check(victim.log().pending() == 0, "something waits when the link is gone");
    return new Report(report.name(), report.spent(), report.suffered(), stage.wrong());
  }

  /** Branch after branch that nobody will ever acknowledge. */
  public Report junkBranches(int junk) {
    Stage stage = stage(Tally.EACH);
    Victim victim = stage.victim();
    int most = Math.max(Limits.UNHELD, victim.log().held() / Limits.UNHELD_SHARE) + PAGE;
    for (int i = 0; i * PAGE < junk; i++) {
      Bytes body = Bytes.of(i >> 16 & 0xff, i >> 8 & 0xff, i & 0xff);
      Pen pen = authorAtJoin(i % ground.authors(), stage);
      stage.strike(PAGE, () -> times(PAGE, any -> pen.say(body)));
      int unheld = victim.log().size() - victim.log().held();
      stage.check(unheld <= most, unheld + " events of junk are kept, expected at most " + most);
      stage.check(
          stage.stored() <= (long) most * STORED_EVENT, stage.stored() + " bytes are stored of it");
    }
    stage.checkNothingCounts();
    stage.check(victim.log().pending() == 0, "some of it waits");
    stage.check(stage.calls() == 0, "the app got something of it");
    stage.checkAnotherOrder();
    return stage.report("junk branches");
  }

  /** An author claims the end of time; then he and others go on. */
  public Report clockAtItsEnd() {
    Stage stage = stage(Tally.EACH);
    Pen pen = ground.author(0, stage.signing());
    Clock end =
        new Clock(org.myrhiza.event.Limits.CLOCK_MILLIS, org.myrhiza.event.Limits.CLOCK_COUNTER);
    Bytes said = new AppPayload(1, Bytes.of(4)).encode();
    stage.strike(
        1,
        () -> {
          Event last = pen.signed(pen.header(EventKind.APP, said, end, ground.tip()), said);
          pen.goOn(last);
          return List.of(last, pen.signed(pen.header(EventKind.APP, said, end), said), pen.say());
        });
    Victim victim = stage.victim();
    List<EventId> expected = new ArrayList<>(stage.keptBefore());
    expected.add(stage.sent().getFirst().id());
    stage.check(victim.kept().equals(expected), "kept is not just the first of his");
    stage.check(victim.points() == 2L * Offence.BAD_EVENT.points(), "charged " + victim.points());
    Event others = ground.founder().say(stage.sent().getFirst().id());
    stage.honest(others);
    stage.check(victim.kept().getLast().equals(others.id()), "another author cannot go on");
    stage.checkAnotherOrder();
    return stage.report("clock at its end");
  }

  /** Two copies of one key write on, find that out, and go on under keys of their own. */
  public Report honestRestore() {
    Stage stage = stage(Tally.EACH);
    Pen one = ground.author(0, stage.signing());
    Pen copy = ground.author(0, stage.signing());
    Pen device = ground.pen(stage.signing());
    int before = stage.victim().tally(one.key());
    Event first = one.say(ground.tip());
    Event reply = ground.founder().say(first.id());
    stage.honest(first, reply);
    stage.strike(
        1,
        () -> {
          Event lost = copy.say(Bytes.of(6), ground.tip());
          Event join = device.joinFor(copy, reply.id());
          return List.of(lost, join, device.say(Bytes.of(6)));
        });
    Victim victim = stage.victim();
    stage.check(victim.log().isKept(first.id()), "what others had built upon is lost");
    stage.check(!victim.log().isHeld(stage.sent().getFirst().id()), "both branches count");
    stage.check(victim.log().isKept(stage.sent().getLast().id()), "what was said again is lost");
    stage.check(victim.tally(one.key()) == before + 2, "not each action counts once");
    stage.check(victim.points() == 0, "an honest link was charged");
    stage.checkAnotherOrder();
    return stage.report("fork of one's own key by an honest restore");
  }
}
