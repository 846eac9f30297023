// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.myrhiza.cli.Cli;

/** Waits for peers to show the same. */
public final class Meeting {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private Meeting() {}

  /** The only instance of a peer. */
  public static JsonNode only(Cli peer) {
    return peer.json("app", "list").json().required("instances").required(0);
  }

  /** Waits until all peers have this many events and one digest, and returns the digest. */
  public static String converged(long events, List<Cli> peers) {
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      List<JsonNode> shown = peers.stream().map(Meeting::only).toList();
      List<String> digests = shown.stream().map(s -> s.required("digest").textValue()).toList();
      if (shown.stream().allMatch(s -> s.required("events").longValue() == events)
          && digests.stream().distinct().count() == 1) {
        return digests.getFirst();
      }
      if (System.nanoTime() > until) {
        throw new AssertionError("not converged on " + events + " events: " + shown);
      }
      LockSupport.parkNanos(GLANCE_NANOS);
    }
  }
}
