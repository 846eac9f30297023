// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.frame;

import org.myrhiza.bytes.Codec;

/**
 * What a relay grants each client, told at the welcome. All are unsigned 32-bit numbers.
 *
 * @param frameBytes bytes of the longest frame
 * @param channels channels a client may be in
 * @param members members a channel may have
 * @param framesPerSecond messages a second that a client may send; faster ones are read later
 * @param bytesPerSecond bytes a second that a client may send; more are read later
 * @param keepAliveSeconds how often a client without protocol pings sends {@code Ping}
 */
public record RelayLimits(
    long frameBytes,
    long channels,
    long members,
    long framesPerSecond,
    long bytesPerSecond,
    long keepAliveSeconds) {
  /** The fields in order. */
  public static final Codec<RelayLimits> CODEC =
      Codec.of(
          (w, limits) -> {
            w.u32(limits.frameBytes());
            w.u32(limits.channels());
            w.u32(limits.members());
            w.u32(limits.framesPerSecond());
            w.u32(limits.bytesPerSecond());
            w.u32(limits.keepAliveSeconds());
          },
          r -> new RelayLimits(r.u32(), r.u32(), r.u32(), r.u32(), r.u32(), r.u32()));
}
