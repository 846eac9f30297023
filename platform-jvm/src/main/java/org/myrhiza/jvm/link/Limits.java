// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import java.time.Duration;

/** Bounds and times of the native peer's links. */
final class Limits {
  private static final int MIB = 1 << 20;

  /** Bytes of frames that came on one link and were not taken: four of the longest. */
  static final int UNTAKEN_BYTES = 4 * MIB;

  /** Frames that came on one link and were not taken. */
  static final int UNTAKEN_FRAMES = 256;

  /** Bytes that wait to be written to one relay or peer, then it is dropped as too slow. */
  static final int UNSENT_BYTES = 24 * MIB;

  /** QUIC's own windows: what a peer may send before we read it. */
  static final int QUIC_STREAM_WINDOW_BYTES = 4 * MIB;

  /** One stream uses the connection alone; a little more for it. */
  static final int QUIC_WINDOW_BYTES = 5 * MIB;

  /** QUIC connections of any state. */
  static final int QUIC_CONNECTIONS = 512;

  /** Bytes of a UDP payload: Ethernet's 1,500 less the headers of IPv6 and a tunnel. */
  static final int UDP_PAYLOAD_BYTES = 1_350;

  /** Characters of a close reason that is taken over from the other side. */
  static final int REASON_CHARS = 200;

  /** From a dial or an accepted connection to the hello of the other side. */
  static final Duration HELLO = Duration.ofSeconds(10);

  /** From connecting to a relay to its welcome. */
  static final Duration WELCOME = Duration.ofSeconds(15);

  /** How often an idle QUIC link says that it is there; NAT bindings last 30 s or more. */
  static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  /** After this silence a QUIC link is dead: three keep-alives. */
  static final Duration QUIC_IDLE = Duration.ofSeconds(45);

  /** How often a relay connection is checked by WebSocket pings. */
  static final Duration RELAY_PING = Duration.ofSeconds(20);

  /** A relay connection that lasted this long was good: the next wait is short again. */
  static final Duration STEADY = Duration.ofSeconds(10);

  /** How long closing may take. */
  static final Duration CLOSE = Duration.ofSeconds(2);

  static {
    if (QUIC_IDLE.compareTo(KEEP_ALIVE.multipliedBy(2)) < 0
        || UNSENT_BYTES < 2 * org.myrhiza.frame.Limits.FRAME_BYTES) {
      throw new IllegalStateException("limits contradict each other");
    }
  }

  private Limits() {}
}
