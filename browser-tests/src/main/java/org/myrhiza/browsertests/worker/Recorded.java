// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests.worker;

import java.util.Base64;
import java.util.Comparator;
import org.myrhiza.kernel.Recording;
import org.myrhiza.testkit.sim.Cluster;
import org.myrhiza.testkit.sim.Faults;
import org.myrhiza.testkit.sim.GuestPlatform;
import org.myrhiza.tools.worker.WorkerEngine;
import org.myrhiza.view.Field;

/** A run of peers with real components under faults, in the browser, recorded for other stacks. */
final class Recorded {
  private static final long SEED = 4;
  private static final int PEERS = 3;
  private static final int ACTS = 40;

  private Recorded() {}

  /** Runs, and returns the recording of the peer that was told most, in base64. */
  static String run(WorkerEngine engine) {
    GuestPlatform platform = new GuestPlatform(engine);
    Cluster cluster = new Cluster(platform.simulation(SEED, Faults.ALL));
    cluster.open(platform.bundleFile("counter"), PEERS);
    cluster.act(ACTS, _ -> new Cluster.Wish("add", new Field("amount", "1")));
    cluster.settle();
    Recording recording =
        cluster.world().peers().stream()
            .map(peer -> peer.recording())
            .max(Comparator.comparingInt(each -> each.steps().size()))
            .orElseThrow();
    return Base64.getEncoder().encodeToString(Recording.CODEC.encode(recording).toArray());
  }
}
