// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Admission;
import org.myrhiza.event.BundleId;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;
import org.myrhiza.view.Field;

/** Commands to simulated peers, one after the other, each with its answer. */
public final class Script {
  private static final long LONG_MILLIS = 120_000;

  private final Simulation world;

  /** Commands in a simulation. */
  public Script(Simulation world) {
    this.world = world;
  }

  /**
   * Asks and lets time pass until the answer.
   *
   * @throws IllegalStateException when there is none within two minutes
   */
  public Reply ask(SimPeer peer, Command command) {
    List<Reply> replies = new ArrayList<>();
    peer.ask(command, replies::add);
    if (!world.runUntil(() -> !replies.isEmpty(), LONG_MILLIS)) {
      throw new IllegalStateException("no answer to " + command);
    }
    return replies.get(0);
  }

  /** Creates an instance of a bundle under the bundle's name. */
  public Reply.Opened create(SimPeer peer, Bytes bundleFile, Field... fields) {
    Command create =
        new Command.CreateApp(
            bundleFile, "", List.of(fields), List.of(), Optional.<BundleId>empty());
    return expect(Reply.Opened.class, ask(peer, create));
  }

  /** Creates an instance of a bundle that not everybody may join. */
  public Reply.Opened create(SimPeer peer, Bytes bundleFile, Admission admission) {
    Command create =
        new Command.CreateApp(
            bundleFile, "", List.of(), List.of(), Optional.<BundleId>empty(), admission);
    return expect(Reply.Opened.class, ask(peer, create));
  }

  /** An invitation to an instance. */
  public Reply.Invited invite(SimPeer peer, String instance) {
    return expect(Reply.Invited.class, ask(peer, new Command.Invite(instance)));
  }

  /** Lets a user in, or shuts him out. */
  public Reply.Governed govern(SimPeer peer, Command command) {
    return expect(Reply.Governed.class, ask(peer, command));
  }

  /** Joins by an invitation. */
  public Reply.Opened join(SimPeer peer, String invite) {
    Command join = new Command.JoinApp(invite, "", Optional.empty(), LONG_MILLIS);
    return expect(Reply.Opened.class, ask(peer, join));
  }

  /** Does an action. */
  public Reply.Acted act(SimPeer peer, String instance, String action, Field... fields) {
    return expect(
        Reply.Acted.class, ask(peer, new Command.Act(instance, action, List.of(fields), 0)));
  }

  /** A command that is to fail. */
  public Reply.Failed failure(SimPeer peer, Command command) {
    return expect(Reply.Failed.class, ask(peer, command));
  }

  /** All instances of a peer. */
  public List<InstanceStatus> list(SimPeer peer) {
    return expect(Reply.Listed.class, ask(peer, new Command.ListApps())).instances();
  }

  /** The view of an instance. */
  public Reply.Viewed view(SimPeer peer, String instance) {
    return expect(Reply.Viewed.class, ask(peer, new Command.ViewApp(instance)));
  }

  /** The log of an instance. */
  public Reply.Logged log(SimPeer peer, String instance) {
    return expect(Reply.Logged.class, ask(peer, new Command.AppLog(instance, 0, 1_000)));
  }

  private static <T extends Reply> T expect(Class<T> kind, Reply reply) {
    if (!kind.isInstance(reply)) {
      throw new IllegalStateException("an unexpected reply: " + reply);
    }
    return kind.cast(reply);
  }
}
