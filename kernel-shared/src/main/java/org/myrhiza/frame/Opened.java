// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.frame;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.PublicKey;

/** What became of a frame from outside. */
public sealed interface Opened {
  /**
   * The frame is authentic and new.
   *
   * @param sender the transport key it names. Every holder of the epoch secret could have named it:
   *     compare it with the link's remote key and route by it, but never take it for an author
   * @param plaintext what was sealed
   */
  record Plain(PublicKey sender, Bytes plaintext) implements Opened {}

  /**
   * The frame was not taken.
   *
   * @param reason which check failed
   * @param detail what was seen and what is allowed
   */
  record Refused(Reason reason, String detail) implements Opened {}

  /** Why a frame was not taken. */
  enum Reason {
    /** The clear part cannot be read; the link is at fault. */
    MALFORMED,
    /** It belongs to a channel of another secret. */
    OTHER_CHANNEL,
    /** It belongs to another epoch of the topic. */
    OTHER_EPOCH,
    /** The tag does not match; the link is at fault. */
    NOT_AUTHENTIC,
    /** It was seen before. No fault: one frame published over two relays arrives twice. */
    REPLAYED,
    /** Its counter is further behind than the window remembers. */
    TOO_OLD
  }
}
