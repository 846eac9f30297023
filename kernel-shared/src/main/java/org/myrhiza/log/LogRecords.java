// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.Event;
import org.myrhiza.event.Place;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;

/**
 * How a valid event is stored: key {@code 3, topic, depth, rank, id}, value {@code version,
 * principal, event}. Store order is canonical order.
 */
public final class LogRecords {
  /** First byte of the store keys of valid events. */
  public static final int PREFIX = 3;

  private static final int VERSION = 0;
  private static final int PREFIX_BYTES = 1 + org.myrhiza.bytes.Limits.ID_BYTES;

  private LogRecords() {}

  /** Returns the first store key of a topic's log. */
  public static Bytes from(TopicId topic) {
    return from(PREFIX, topic);
  }

  /** Returns the bound after the last store key of a topic's log. */
  public static Bytes to(TopicId topic) {
    return to(PREFIX, topic);
  }

  /** Returns the first key of one topic's records of a kind whose keys go on with a place. */
  public static Bytes from(int prefix, TopicId topic) {
    return Bytes.of(prefix).plus(topic.bytes());
  }

  /** Returns the bound after the last such key: no depth begins with 0xff. */
  public static Bytes to(int prefix, TopicId topic) {
    return from(prefix, topic).plus(Bytes.of(0xff));
  }

  /** Returns the store key of a valid event. */
  public static Bytes key(TopicId topic, Place place) {
    return key(PREFIX, topic, place);
  }

  /** Returns the store key of a topic's record of a kind that belongs to a place. */
  public static Bytes key(int prefix, TopicId topic, Place place) {
    byte[] key = new byte[PREFIX_BYTES + Place.KEY_BYTES];
    key[0] = (byte) prefix;
    topic.bytes().copyTo(0, PREFIX_BYTES - 1, key, 1);
    place.keyTo(key, PREFIX_BYTES);
    return Bytes.adopt(key);
  }

  /** Returns the stored form of a valid event. */
  public static Bytes value(StoredEvent stored) {
    LogEntry entry = stored.entry();
    int expected = 1 + entry.principal().bytes().size() + entry.sizeBytes();
    return CanonicalWriter.write(
        expected,
        w -> {
          w.u8(VERSION);
          PublicKey.CODEC.write(w, entry.principal());
          Event.CODEC.write(w, stored.event());
        });
  }

  /** Reads a record of this topic back; bad bytes mean that the store is damaged. */
  public static Decoded<StoredEvent> read(TopicId topic, Bytes storeKey, Bytes storeValue) {
    Decoded<Place> place = place(PREFIX, topic, storeKey);
    return place.then(at -> CanonicalReader.decode(storeValue, r -> event(r, at)));
  }

  private static StoredEvent event(CanonicalReader r, Place place) {
    r.version(VERSION);
    PublicKey principal = PublicKey.CODEC.read(r);
    Event event = Event.CODEC.read(r);
    if (!event.id().equals(place.id())) {
      throw r.fail("id of a stored event", event.id().text(), place.id().text());
    }
    return StoredEvent.of(event, principal, place);
  }

  /** Reads the place from a store key of one topic. */
  public static Decoded<Place> place(int prefix, TopicId topic, Bytes storeKey) {
    if (storeKey.size() != PREFIX_BYTES + Place.KEY_BYTES
        || !storeKey.startsWith(from(prefix, topic))) {
      return Decoded.bad("store key with a place", 0, storeKey.toHex(), "one of the topic");
    }
    return Place.parse(storeKey.slice(PREFIX_BYTES, storeKey.size()));
  }
}
