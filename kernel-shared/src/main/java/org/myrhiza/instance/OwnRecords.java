// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.event.Event;
import org.myrhiza.event.TopicId;
import org.myrhiza.log.LogRecords;
import org.myrhiza.state.StoreWrite;

/**
 * Store records of what was signed here: prefix, topic, chain key, seq to the event's id. They are
 * written with the event itself; a restart that finds one without its event knows that the store
 * lost something, and does not write on.
 */
public final class OwnRecords {
  /** First byte of the keys. */
  public static final int PREFIX = 6;

  private static final int VERSION = 0;

  private OwnRecords() {}

  /** The record of an event signed here. */
  static StoreWrite signed(TopicId topic, Event event) {
    Bytes key =
        CanonicalWriter.write(w -> {
          w.u8(PREFIX);
          w.fixed(topic.bytes());
          w.fixed(event.header().signer().bytes());
          w.u64(event.header().seq());
        });
    Bytes value =
        CanonicalWriter.write(w -> {
          w.u8(VERSION);
          w.fixed(event.id().bytes());
        });
    return new StoreWrite(key, value);
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
