// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.frame;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Codec;

/**
 * Names a meeting place on a relay. It derives from a topic's epoch secret one way, so it tells a
 * relay neither the topic nor anything that opens its frames.
 *
 * @param bytes {@link Limits#KEY_BYTES} bytes
 */
public record ChannelId(Bytes bytes) implements Comparable<ChannelId> {
  /** The raw bytes, without a length. */
  public static final Codec<ChannelId> CODEC =
      Codec.of((w, id) -> w.fixed(id.bytes()), r -> new ChannelId(r.fixed(Limits.KEY_BYTES)));

  /** Checks the length. */
  public ChannelId {
    Limits.checkKeySize("channel id", bytes);
  }

  /** Returns 64 lower-case hex digits. */
  public String toHex() {
    return bytes.toHex();
  }

  @Override
  public int compareTo(ChannelId other) {
    return bytes.compareTo(other.bytes);
  }
}
