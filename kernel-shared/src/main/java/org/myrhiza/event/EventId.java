// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.TextId;

/**
 * An event's name: {@code H("event", header)}.
 *
 * @param bytes 32 bytes
 */
public record EventId(Bytes bytes) implements Comparable<EventId> {
  /** Its 32 bytes, as they are. */
  public static final Codec<EventId> CODEC =
      Codec.fixed(org.myrhiza.bytes.Limits.ID_BYTES).as(EventId::new, EventId::bytes);

  /** Checks the size. */
  public EventId {
    if (bytes.size() != org.myrhiza.bytes.Limits.ID_BYTES) {
      throw new IllegalArgumentException("EventId of " + bytes.size() + " bytes, allowed 32");
    }
  }

  /** Returns the text form: {@code myevent1…}. */
  public String text() {
    return TextId.EVENT.write(bytes);
  }

  /** Reads {@link #text}. */
  public static Decoded<EventId> parse(String text) {
    return TextId.EVENT.parse(text).map(EventId::new);
  }

  @Override
  public int compareTo(EventId other) {
    return bytes.compareTo(other.bytes);
  }
}
