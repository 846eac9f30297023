// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.event.EventId;
import org.myrhiza.identity.PublicKey;

/**
 * The end of one chain, or of one branch of it.
 *
 * @param key the chain key
 * @param seq the last event's number, from 1
 * @param id the last event
 */
public record Tip(PublicKey key, long seq, EventId id) implements Comparable<Tip> {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Tip {
    if (seq < 1) {
      throw new IllegalArgumentException("seq " + seq + ", allowed 1 and above");
    }
  }

  @Override
  public int compareTo(Tip other) {
    int order = key.compareTo(other.key);
    if (order == 0) {
      order = Long.compare(seq, other.seq);
    }
    return order == 0 ? id.compareTo(other.id) : order;
  }

  static void write(CanonicalWriter w, Tip tip) {
    PublicKey.CODEC.write(w, tip.key);
    w.u64(tip.seq);
    EventId.CODEC.write(w, tip.id);
  }

  static Tip read(CanonicalReader r) {
    PublicKey key = PublicKey.CODEC.read(r);
    long seq = r.u64();
    if (seq < 1) {
      throw r.fail("seq of a tip", Long.toUnsignedString(seq), "1 to 2^63 - 1");
    }
    return new Tip(key, seq, EventId.CODEC.read(r));
  }
}
