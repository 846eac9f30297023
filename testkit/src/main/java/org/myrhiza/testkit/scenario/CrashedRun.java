// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.LogRow;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;
import org.myrhiza.sync.Message;
import org.myrhiza.testkit.sim.Faults;
import org.myrhiza.testkit.sim.HostilePeer;
import org.myrhiza.testkit.sim.RogueAuthor;
import org.myrhiza.testkit.sim.Script;
import org.myrhiza.testkit.sim.SimPeer;
import org.myrhiza.testkit.sim.Simulation;
import org.myrhiza.testkit.sim.ToyPlatform;
import org.myrhiza.view.Field;

/**
 * A run of one peer with another that is always the same but for where the first crashes: it
 * creates, joins, acts in two instances, and receives events, among them forks, a fence and bad
 * signatures. Its user asks again for what was not answered and is not there.
 */
public final class CrashedRun {
  private static final long MOMENT = 50;

  /** Enough to be up again and to know what the other knows: what an action cites is the same. */
  private static final long SETTLED = 60_000;

  private static final long LONG = 120_000;
  private static final int ROUNDS = 2;
  private static final String OURS = "ours";
  private static final String THEIRS = "theirs";

  private final Simulation world = ToyPlatform.simulation(1, Faults.CALM);
  private final Script script = new Script(world);
  private final SimPeer one = world.addPeer();
  private final SimPeer two = world.addPeer();
  private final TreeSet<EventId> acknowledged = new TreeSet<>();
  private String ours = "";
  private long acts;

  /**
   * How a run ended.
   *
   * @param crashes how often the first peer crashed
   * @param effects effects that it carried out until its user was done
   * @param values what both instances show at the end
   * @param events how many events both hold
   * @param wrong what is not as it should be, a line each
   */
  public record End(
      int crashes, long effects, List<String> values, List<Long> events, List<String> wrong) {
    /** Copies the lists. */
    public End {
      values = List.copyOf(values);
      events = List.copyOf(events);
      wrong = List.copyOf(wrong);
    }
  }

  private CrashedRun() {}

  /** The run without a crash. */
  public static End without() {
    return new CrashedRun().play();
  }

  /** The run in which the first peer crashes before one of its effects, counted from 0. */
  public static End before(long effect, SimPeer.Tear left) {
    CrashedRun run = new CrashedRun();
    run.one.crashBefore(effect, left);
    return run.play();
  }

  private End play() {
    ensure(OURS, create(OURS));
    ours = answer(Reply.Invited.class, new Command.Invite(OURS)).invite();
    script.join(two, ours);
    Reply.Opened opened = script.create(two, ToyPlatform.bundleFile(THEIRS));
    ensure(THEIRS, new Command.JoinApp(opened.invite(), "", Optional.empty(), LONG));
    act(OURS);
    HostilePeer friend = world.addHostile(ours);
    for (int round = 0; round < ROUNDS; round++) {
      act(THEIRS);
      world.run(SETTLED);
      misbehave(friend, round);
      act(OURS);
      script.act(two, THEIRS, "add", new Field("amount", "5"));
      world.run(SETTLED);
      act(OURS);
    }
    long effects = one.carried();
    world.run(LONG);
    return end(effects, friend);
  }

  /** A key that forks, one that is fenced by its owner, and signatures that are not good. */
  private void misbehave(HostilePeer friend, int round) {
    Bytes addOne = new AppPayload(1, Bytes.of(1)).encode();
    Bytes addTwo = new AppPayload(1, Bytes.of(2)).encode();
    RogueAuthor forker = friend.author("forker " + round);
    Event joined = forker.next(addOne);
    Event left = forker.event(2, Optional.of(joined.id()), addOne);
    Event right = forker.event(2, Optional.of(joined.id()), addTwo);
    RogueAuthor loser = friend.author("loser " + round);
    Event begun = loser.next(addOne);
    Event more = loser.next(addOne);
    Event fence = loser.fence(loser.key());
    Event past = loser.next(addTwo);
    friend.say(one, events(joined, left, begun));
    // By somebody else, who loses its link for it sooner or later.
    world.addHostile(ours).say(one, events(RogueAuthor.badlySigned(right)));
    world.run(MOMENT);
    friend.say(one, events(more, fence));
    friend.say(two, events(joined, right, begun, more));
    world.run(MOMENT);
    friend.say(two, events(left, fence, past));
    world.run(SETTLED);
  }

  private static Message events(Event... events) {
    return new Message.Events(0, List.of(events), false);
  }

  private static Command create(String label) {
    return new Command.CreateApp(
        ToyPlatform.bundleFile(label), "", List.of(), List.of(), Optional.<BundleId>empty());
  }

  /** Asks until there is an answer or a crash; then waits until the peer runs again. */
  private Optional<Reply> ask(Command command) {
    List<Reply> replies = new ArrayList<>();
    int run = one.generation();
    one.ask(command, replies::add);
    world.runUntil(() -> !replies.isEmpty() || one.generation() != run, LONG);
    world.runUntil(one::isUp, LONG);
    return replies.stream().findFirst();
  }

  private <T extends Reply> T answer(Class<T> kind, Command command) {
    Optional<Reply> reply = ask(command);
    while (reply.isEmpty()) {
      reply = ask(command);
    }
    if (!kind.isInstance(reply.get())) {
      throw new IllegalStateException(command + " was answered with " + reply.get());
    }
    return kind.cast(reply.get());
  }

  /** Has an instance, created or joined, whatever happens meanwhile. */
  private void ensure(String name, Command command) {
    boolean answered = false;
    while (!answered && !hasInstance(name)) {
      answered = ask(command).isPresent();
    }
    if (!hasInstance(name)) {
      throw new IllegalStateException(name + " was opened and is not there");
    }
  }

  private boolean hasInstance(String name) {
    return answer(Reply.Listed.class, new Command.ListApps()).instances().stream()
        .anyMatch(status -> status.name().equals(name));
  }

  /** Adds once, whatever happens meanwhile. */
  private void act(String instance) {
    acts++;
    long before = own(instance);
    Command add =
        new Command.Act(instance, "add", List.of(new Field("amount", Long.toString(acts))), 0);
    while (own(instance) == before) {
      Optional<Reply> reply = ask(add);
      if (reply.isPresent() && reply.get() instanceof Reply.Acted acted) {
        acknowledged.add(acted.event());
      }
    }
  }

  private long own(String instance) {
    return answer(Reply.Logged.class, new Command.AppLog(instance, 0, 1_000)).rows().stream()
        .filter(row -> row.principal().equals(one.principal()))
        .filter(row -> row.content().kind().equals("app"))
        .count();
  }

  private End end(long effects, HostilePeer friend) {
    List<String> wrong = new ArrayList<>();
    List<String> values = new ArrayList<>();
    List<Long> events = new ArrayList<>();
    TreeSet<EventId> there = new TreeSet<>();
    for (String name : List.of(OURS, THEIRS)) {
      List<LogRow> rows = script.log(one, name).rows();
      rows.forEach(row -> there.add(row.event()));
      InstanceStatus mine = status(one, name);
      InstanceStatus other = status(two, name);
      if (!ids(rows).equals(ids(script.log(two, name).rows()))) {
        wrong.add(name + ": other events than the peer that did not crash");
      }
      if (!mine.digest().equals(other.digest())) {
        wrong.add(name + ": another digest than the peer that did not crash");
      }
      values.add(script.view(one, name).view().toString());
      events.add(mine.counts().events());
    }
    TreeSet<EventId> lost = new TreeSet<>(acknowledged);
    lost.removeAll(there);
    lost.forEach(id -> wrong.add("acknowledged and gone: " + id.text()));
    told(friend).stream()
        .filter(event -> !there.contains(event.id()))
        .forEach(event -> wrong.add("announced and gone: " + event.id().text()));
    if (one.signers().size() > 1) {
      wrong.add("it gave up its key");
    }
    return new End(one.crashes(), effects, values, events, wrong);
  }

  /** The events of its own that it sent to anybody in the instance that it created. */
  private List<Event> told(HostilePeer friend) {
    List<Event> told = new ArrayList<>();
    for (Message message : friend.overhear(one.effects())) {
      if (message instanceof Message.Events events) {
        for (Event event : events.events()) {
          if (one.signers().contains(event.header().signer())) {
            told.add(event);
          }
        }
      }
    }
    return told;
  }

  private InstanceStatus status(SimPeer peer, String name) {
    return script.list(peer).stream()
        .filter(status -> status.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Set<EventId> ids(List<LogRow> rows) {
    Set<EventId> ids = new TreeSet<>();
    rows.forEach(row -> ids.add(row.event()));
    return ids;
  }
}
