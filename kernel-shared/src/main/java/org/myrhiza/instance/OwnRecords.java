// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.LogRecords;
import org.myrhiza.state.StoreWrite;

/**
 * Store records of what was signed here: prefix, topic, chain key, seq to the event's id, and
 * whether the event was proposed again. They are written with the event itself; a restart that
 * finds one without its event knows that the store lost something, and does not write on.
 */
public final class OwnRecords {
  /** First byte of the keys. */
  public static final int PREFIX = 6;

  private static final int VERSION = 0;
  private static final int SETTLED = 1;

  private OwnRecords() {}

  /**
   * An event that was signed here.
   *
   * @param key the chain key
   * @param seq its number in the chain
   * @param id the event
   * @param isSettled whether it was proposed again, or need not be
   */
  public record Signed(PublicKey key, long seq, EventId id, boolean isSettled) {
    /** One that was signed just now. */
    static Signed now(Event event) {
      return new Signed(event.header().signer(), event.header().seq(), event.id(), false);
    }

    /** The same, once nothing is left to be done about it. */
    static Signed settled(LogEntry entry) {
      return new Signed(entry.signer(), entry.seq(), entry.id(), true);
    }
  }

  /** The record of an event signed here. */
  static StoreWrite stored(TopicId topic, Signed signed) {
    Bytes key =
        CanonicalWriter.write(w -> {
          w.u8(PREFIX);
          w.fixed(topic.bytes());
          w.fixed(signed.key().bytes());
          w.u64(signed.seq());
        });
    Bytes value =
        CanonicalWriter.write(w -> {
          w.u8(signed.isSettled() ? SETTLED : VERSION);
          w.fixed(signed.id().bytes());
        });
    return new StoreWrite(key, value);
  }

  /** Reads a record; bad bytes mean that the store is damaged. */
  public static Decoded<Signed> read(Bytes key, Bytes value) {
    return CanonicalReader.decode(
        Bytes.concat(key, value),
        r -> {
          r.version(PREFIX);
          TopicId.CODEC.read(r);
          PublicKey signer = PublicKey.CODEC.read(r);
          long seq = r.u64();
          int state = r.choice(SETTLED + 1);
          return new Signed(signer, seq, EventId.CODEC.read(r), state == SETTLED);
        });
  }

  /** First key of a topic's records. */
  public static Bytes from(TopicId topic) {
    return LogRecords.from(PREFIX, topic);
  }

  /** First key behind them. */
  public static Bytes to(TopicId topic) {
    return LogRecords.to(PREFIX, topic);
  }
}
