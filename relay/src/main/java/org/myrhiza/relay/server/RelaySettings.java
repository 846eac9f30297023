// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import java.time.Duration;
import org.myrhiza.frame.Limits;
import org.myrhiza.frame.RelayLimits;

/**
 * What a relay grants and how long it waits. {@link #defaults()} suits a small public relay.
 *
 * @param crowd how many of everything
 * @param rates how fast one client may send
 * @param buffers how much waits to be written to one client
 * @param times how long it waits
 */
public record RelaySettings(Crowd crowd, Rates rates, Buffers buffers, Times times) {
  /**
   * How many of everything.
   *
   * @param connections sockets of any kind
   * @param perAddress sockets of one IP address
   * @param clients WebSockets, logged in or not
   * @param channels channels a client may be in
   * @param members members a channel may have, at most {@link Limits#MEMBERS}
   */
  public record Crowd(int connections, int perAddress, int clients, int channels, int members) {
    /** Checks the ranges. */
    public Crowd {
      if (Math.min(Math.min(connections, perAddress), Math.min(clients, channels)) < 1
          || members < 1
          || members > Limits.MEMBERS) {
        throw new IllegalArgumentException(
            "all at least 1, members at most " + Limits.MEMBERS + ": " + members);
      }
    }
  }

  /**
   * How fast one client may send; a faster one is read later, never cut off. Each may be exceeded
   * once by what a second grants.
   *
   * @param framesPerSecond messages
   * @param bytesPerSecond bytes of messages
   */
  public record Rates(int framesPerSecond, int bytesPerSecond) {
    /** Checks the ranges. */
    public Rates {
      if (framesPerSecond < 1 || bytesPerSecond < 1) {
        throw new IllegalArgumentException("rates below 1");
      }
    }
  }

  /**
   * How many bytes wait to be written to one client.
   *
   * @param lowBytes below this it keeps up again
   * @param highBytes above this it is behind
   * @param mostBytes this far above {@code lowBytes} it is dropped
   */
  public record Buffers(int lowBytes, int highBytes, int mostBytes) {
    /** Checks the ranges. */
    public Buffers {
      if (lowBytes < 1 || highBytes < lowBytes || mostBytes < highBytes) {
        throw new IllegalArgumentException("allowed 1 <= low <= high <= most");
      }
    }
  }

  /**
   * How long a relay waits.
   *
   * @param request for a request, or for the next on a connection kept open
   * @param login for a login after the upgrade
   * @param silence before it asks whether a client is there; after three it drops it
   * @param behind before it drops a client that does not keep up
   */
  public record Times(Duration request, Duration login, Duration silence, Duration behind) {}

  private static final int MIB = 1 << 20;

  /** Returns the defaults. */
  public static RelaySettings defaults() {
    return new RelaySettings(
        // A client costs some 100 KB when busy: 10,000 fit in one gigabyte.
        new Crowd(12_000, 1_024, 10_000, 256, Limits.MEMBERS),
        // Live traffic needs tens of frames; a first sync sends as fast as it is let.
        new Rates(2_000, 16 * MIB),
        // High above one full frame, so that a burst of a sync does not drop a phone.
        new Buffers(MIB, 4 * MIB, 12 * MIB),
        new Times(
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(15)));
  }

  /** Returns these with another crowd. */
  public RelaySettings withCrowd(Crowd other) {
    return new RelaySettings(other, rates, buffers, times);
  }

  /** Returns these with other rates. */
  public RelaySettings withRates(Rates other) {
    return new RelaySettings(crowd, other, buffers, times);
  }

  /** Returns these with other buffers. */
  public RelaySettings withBuffers(Buffers other) {
    return new RelaySettings(crowd, rates, other, times);
  }

  /** Returns these with other times. */
  public RelaySettings withTimes(Times other) {
    return new RelaySettings(crowd, rates, buffers, other);
  }

  RelayLimits told() {
    return new RelayLimits(
        Limits.FRAME_BYTES,
        crowd.channels,
        crowd.members,
        rates.framesPerSecond,
        rates.bytesPerSecond,
        times.silence.toSeconds());
  }
}
