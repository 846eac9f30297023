// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Admission;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.LogRow;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;
import org.myrhiza.testkit.sim.Faults;
import org.myrhiza.testkit.sim.Script;
import org.myrhiza.testkit.sim.SimPeer;
import org.myrhiza.testkit.sim.Simulation;
import org.myrhiza.testkit.sim.ToyPlatform;
import org.myrhiza.view.Field;

/** A topic that not everybody may join: Ann founded it, Bob and Cy want in. */
final class ClosedTopic {
  static final long MINUTE = 60_000;
  static final String APP = "counter";
  private static final Bytes BUNDLE = ToyPlatform.bundleFile(APP);

  final Simulation world = ToyPlatform.simulation(1, Faults.NONE);
  final Script script = new Script(world);
  final SimPeer ann = world.addPeer();
  final SimPeer bob = world.addPeer();
  final SimPeer cy = world.addPeer();
  final Reply.Opened opened;

  ClosedTopic(Admission admission) {
    opened = script.create(ann, BUNDLE, admission);
  }

  static Command adding() {
    return new Command.Act(APP, "add", List.of(new Field("amount", "1")), 0);
  }

  void adds(SimPeer peer) {
    Reply.Acted acted = script.act(peer, APP, "add", new Field("amount", "1"));
    assertTrue(acted.verdict().accepted());
  }

  String invite() {
    return script.invite(ann, APP).invite();
  }

  InstanceStatus status(SimPeer peer) {
    return script.list(peer).get(0);
  }

  List<LogRow> rows(SimPeer peer) {
    return script.log(peer, APP).rows();
  }

  /** The action is refused, and nothing is written for it. */
  Reply.Failed refused(SimPeer peer, String type) {
    List<LogRow> before = rows(peer);
    Reply.Failed failed = script.failure(peer, adding());
    assertEquals(type, failed.type());
    assertEquals(before, rows(peer));
    return failed;
  }

  /** All hold the same, and so many joins. */
  void agree(int joins) {
    world.run(MINUTE);
    for (SimPeer peer : world.peers()) {
      if (peer.isUp() && !script.list(peer).isEmpty()) {
        assertEquals(rows(ann), rows(peer), "peer " + peer.index());
        assertEquals(status(ann).digest(), status(peer).digest(), "peer " + peer.index());
      }
    }
    assertEquals(joins, rows(ann).stream().filter(row -> kind(row).equals("join")).count());
  }

  static String kind(LogRow row) {
    return row.content().kind();
  }
}
