// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

import org.myrhiza.bytes.Bytes;

/**
 * What a guest can ask about its topic.
 *
 * @param id 32 bytes; zeros while it is being created
 * @param founder the principal who created it, 32 bytes
 * @param name for people; empty while it is being created
 */
public record TopicFacts(Bytes id, Bytes founder, String name) {
  private static final int KEY_BYTES = 32;

  /** The topic as it is known while a creation form is shown and filled. */
  public static TopicFacts creating(SelfFacts self) {
    return new TopicFacts(Bytes.adopt(new byte[KEY_BYTES]), self.principal(), "");
  }
}
