// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.channel;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a relay did since it started. Any thread may count and read. */
public final class RelayMetrics {
  /** What is counted. */
  public enum Count {
    /** Connections accepted. */
    CONNECTIONS,
    /** Connections or upgrades turned away because of a limit. */
    TURNED_AWAY,
    /** Good logins. */
    LOGINS,
    /** Frames taken from clients, for a channel or for one key. */
    FRAMES_IN,
    /** Frames written to clients. */
    FRAMES_OUT,
    /** Messages refused. */
    REFUSED,
    /** Bytes that were no HTTP, no WebSocket or no message of ours. */
    MALFORMED,
    /** Times that a client was read later because it sent too fast. */
    THROTTLED,
    /** Times that a client was read later because the receiver was slow. */
    HELD_BACK,
    /** Clients dropped because they read too slowly. */
    SLOW_DROPPED
  }

  private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);

  /** Begins at zero. */
  public RelayMetrics() {
    for (Count count : Count.values()) {
      counts.put(count, new LongAdder());
    }
  }

  /** Returns how often something happened. */
  public long get(Count count) {
    return adder(count).sum();
  }

  /** Counts one. */
  public void count(Count count) {
    adder(count).increment();
  }

  /** Counts several. */
  public void count(Count count, long times) {
    adder(count).add(times);
  }

  private LongAdder adder(Count count) {
    LongAdder adder = counts.get(count);
    if (adder == null) {
      throw new IllegalStateException("no counter for " + count);
    }
    return adder;
  }
}
