// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.nio.file.Path;
import java.util.Locale;
import org.myrhiza.jvm.peer.Peer;
import org.myrhiza.jvm.peer.PeerOptions;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;

/**
 * A native peer in a process of its own that starts again and again on one data folder, each time
 * until it tells its digests, and says in a line what each start took: processor time in
 * milliseconds, seconds, megabytes of the heap in use then, events and digest of the first topic.
 */
public final class RestartingPeer {
  private static final int MEGA = 1 << 20;
  private static final double NANOS_PER_MILLI = 1e6;

  private RestartingPeer() {}

  /** Takes the data folder and how often to start. */
  public static void main(String[] args) throws Exception {
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      Stopwatch watch = new Stopwatch();
      try (Peer peer = Peer.open(PeerOptions.in(Path.of(args[0])))) {
        Reply reply = peer.ask(new Command.ListApps()).get();
        watch.stop();
        System.out.println(
            reply instanceof Reply.Listed listed ? told(listed, watch) : "failed " + reply);
      }
    }
  }

  private static String told(Reply.Listed listed, Stopwatch watch) {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return String.format(
        Locale.ROOT,
        "started %.0f %.3f %d %d %s",
        watch.processorNanos() / NANOS_PER_MILLI,
        watch.seconds(),
        (runtime.totalMemory() - runtime.freeMemory()) / MEGA,
        listed.instances().getFirst().counts().events(),
        listed.instances().getFirst().digest().toHex());
  }
}
