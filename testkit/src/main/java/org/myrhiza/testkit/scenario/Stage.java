// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.sim.FaultKind;
import org.myrhiza.testkit.sim.Faults;
import org.myrhiza.testkit.sim.HostilePeer;
import org.myrhiza.testkit.sim.Script;
import org.myrhiza.testkit.sim.SimPeer;
import org.myrhiza.testkit.sim.SimPlatform;
import org.myrhiza.testkit.sim.Simulation;
import org.myrhiza.view.Field;

/** The peers of one run, their users, and who disturbs them. */
final class Stage {
  private final Scenario scenario;
  private final Simulation world;
  private final Script script;
  private final List<Participant> participants = new ArrayList<>();
  private final List<HostilePeer> hostiles = new ArrayList<>();
  private final Acknowledged acknowledged;
  private final List<SimPeer> copied = new ArrayList<>();
  private final Seeded ways;
  private final boolean direct;
  private String invite;
  private final String instance;

  /** Sets the peers up that begin together; nothing goes wrong yet. */
  Stage(Scenario scenario, SimPlatform platform) {
    this.scenario = scenario;
    acknowledged = new Acknowledged(scenario.play());
    world = platform.simulation(scenario.seed(), Faults.CALM);
    world.recordNothing();
    world.varyBuffers();
    script = new Script(world);
    Play play = scenario.play();
    ways = new Seeded(scenario.seed()).fork("ways");
    direct = ways.nextBoolean();
    SimPeer founder = addPeer();
    Reply.Opened opened =
        script.create(
            founder, platform.bundleFile(play.bundle()), play.creation().toArray(Field[]::new));
    invite = opened.invite();
    InstanceStatus status = opened.status();
    instance = status.instance().text();
    for (int number = 0; number < scenario.peers(); number++) {
      participants.add(new Participant(this));
    }
    participants.get(0).begin(founder, true);
    for (int number = 1; number < scenario.peers(); number++) {
      if (!comesLate(number)) {
        SimPeer peer = addPeer();
        script.join(peer, invite);
        participants.get(number).begin(peer, true);
        invite = invitation(peer);
      }
    }
  }

  /** In some runs, some can be dialled. */
  private SimPeer addPeer() {
    return direct && ways.nextBoolean() ? world.addListener() : world.addPeer();
  }

  /** An invitation of a peer: it names those who can be dialled on the way to it. */
  private String invitation(SimPeer peer) {
    return script.ask(peer, new Command.Invite(instance)) instanceof Reply.Invited invited
        ? invited.invite()
        : invite;
  }

  private boolean comesLate(int number) {
    return scenario.operations().stream()
        .anyMatch(operation ->
            operation instanceof Operation.Trouble trouble
                && trouble.kind() == FaultKind.CHURN
                && trouble.strength() == Churn.COMES_LATE
                && trouble.peer() == number);
  }

  Scenario scenario() {
    return scenario;
  }

  Simulation world() {
    return world;
  }

  Script script() {
    return script;
  }

  String invite() {
    return invite;
  }

  String instance() {
    return instance;
  }

  /** A user acts. */
  void act(Operation.Act act) {
    participants.get(act.peer()).act(wish(act.action(), act.value()));
  }

  private Command.Act wish(String action, String value) {
    return new Command.Act(instance, action, scenario.play().fields(value), 0);
  }

  /** An action that anyone can do at any time, unless the app has ended. */
  Command.Act sample() {
    return wish(scenario.play().repeatable(), scenario.play().sample());
  }

  /** What users were told to be done. */
  Acknowledged acknowledged() {
    return acknowledged;
  }

  /** The peers whose stores were copied, and the copies: their keys are forked. */
  List<SimPeer> copied() {
    return copied;
  }

  /** The peer of a number, or the next one after it that is up; empty when none is. */
  Optional<SimPeer> up(int number) {
    for (int i = 0; i < participants.size(); i++) {
      Participant participant = participants.get((number + i) % participants.size());
      if (participant.isUp()) {
        return participant.peer();
      }
    }
    return Optional.empty();
  }

  /** Lets a peer come that was not there from the beginning; false if it was. */
  boolean comeLate(int number) {
    Participant participant = participants.get(number);
    if (participant.peer().isPresent()) {
      return false;
    }
    participant.begin(addPeer(), false);
    return true;
  }

  /** Copies a peer, keys and store included; the users of both act then. */
  void copy(SimPeer peer) {
    SimPeer twin = world.addTwin(peer);
    copied.add(peer);
    copied.add(twin);
    Participant user = new Participant(this);
    user.begin(twin, false);
    participants.add(user);
    for (Participant each : participants) {
      if (each.peer().filter(copied::contains).isPresent()) {
        each.act(sample());
      }
    }
  }

  /** Lets a member come that keeps no rule. */
  HostilePeer hostile() {
    HostilePeer hostile = world.addHostile(invite);
    hostiles.add(hostile);
    return hostile;
  }

  /** Ends everything that still goes wrong. */
  void calm() {
    world.weather().clear();
    hostiles.forEach(HostilePeer::leave);
    for (SimPeer peer : world.peers()) {
      peer.skewClock(0);
      peer.fillDisk(0);
      peer.endLies();
      peer.tearNextWrite(SimPeer.Tear.NONE);
    }
  }

  /** Whether every peer is up and joined and every user did all that was wished. */
  boolean isDone() {
    return participants.stream().allMatch(Participant::isDone);
  }
}
