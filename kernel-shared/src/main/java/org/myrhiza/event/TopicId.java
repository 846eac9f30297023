// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.TextId;

/**
 * A topic's name, which is its genesis's id: nobody can put another topic in its place.
 *
 * @param bytes 32 bytes
 */
public record TopicId(Bytes bytes) implements Comparable<TopicId> {
  /** Its 32 bytes, as they are. */
  public static final Codec<TopicId> CODEC =
      Codec.fixed(org.myrhiza.bytes.Limits.ID_BYTES).as(TopicId::new, TopicId::bytes);

  /** What stands in the topic field of a genesis, and nowhere else: zeros. */
  public static final TopicId NONE = new TopicId(Bytes.zeros(org.myrhiza.bytes.Limits.ID_BYTES));

  /** Checks the size. */
  public TopicId {
    if (bytes.size() != org.myrhiza.bytes.Limits.ID_BYTES) {
      throw new IllegalArgumentException("TopicId of " + bytes.size() + " bytes, allowed 32");
    }
  }

  /** Returns the topic that a genesis begins. */
  public static TopicId of(EventId genesis) {
    return new TopicId(genesis.bytes());
  }

  /** Returns the text form: {@code mytopic1…}. */
  public String text() {
    return TextId.TOPIC.write(bytes);
  }

  /** Reads {@link #text}. */
  public static Decoded<TopicId> parse(String text) {
    return TextId.TOPIC.parse(text).map(TopicId::new);
  }

  @Override
  public int compareTo(TopicId other) {
    return bytes.compareTo(other.bytes);
  }
}
