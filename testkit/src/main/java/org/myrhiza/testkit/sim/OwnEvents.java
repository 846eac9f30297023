// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.EventId;
import org.myrhiza.event.TopicId;
import org.myrhiza.hash.Limits;
import org.myrhiza.instance.OwnRecords;
import org.myrhiza.kernel.StoreEntry;
import org.myrhiza.kernel.Write;
import org.myrhiza.log.LogRecords;

/**
 * What became of the events that a peer signed, as told by what it writes: a batch that settles one
 * holds the one that took its place, unless the app refused it.
 */
public final class OwnEvents {
  private final TreeMap<EventId, Bytes> payloads = new TreeMap<>();
  private final TreeMap<EventId, EventId> again = new TreeMap<>();
  private final TreeSet<EventId> refused = new TreeSet<>();

  OwnEvents() {}

  void copy(OwnEvents other) {
    payloads.putAll(other.payloads);
    again.putAll(other.again);
    refused.addAll(other.refused);
  }

  /** The event that was written in the place of one, under another key; empty if none was. */
  public Optional<EventId> again(EventId lost) {
    return Optional.ofNullable(again.get(lost));
  }

  /** The events that were not written again because the app refused them by then. */
  public Set<EventId> refused() {
    return refused;
  }

  /** Looks at a batch before it is written. */
  void observe(List<Write> writes, SimStore before) {
    List<EventId> settled = new ArrayList<>();
    TreeSet<EventId> signed = new TreeSet<>();
    for (Write write : writes) {
      if (write instanceof Write.Put put && put.key().startsWith(Bytes.of(OwnRecords.PREFIX))) {
        OwnRecords.Signed record = OwnRecords.read(put.key(), put.value()).orThrow();
        if (!record.isSettled()) {
          signed.add(record.id());
        } else if (!isSettled(put.key(), before)) {
          settled.add(record.id());
        }
      }
    }
    if (!signed.isEmpty()) {
      writes.forEach(write -> keepPayload(write, signed));
    }
    settled.forEach(id -> settle(id, signed));
  }

  private static boolean isSettled(Bytes key, SimStore before) {
    List<StoreEntry> there = before.read(List.of(key));
    return !there.isEmpty() && OwnRecords.read(key, there.get(0).value()).orThrow().isSettled();
  }

  private void keepPayload(Write write, Set<EventId> signed) {
    if (write instanceof Write.Put put && put.key().startsWith(Bytes.of(LogRecords.PREFIX))) {
      Bytes key = put.key();
      EventId id = new EventId(key.slice(key.size() - Limits.HASH_BYTES, key.size()));
      if (signed.contains(id)) {
        TopicId topic = new TopicId(key.slice(1, 1 + Limits.HASH_BYTES));
        payloads.put(id, LogRecords.read(topic, key, put.value()).orThrow().event().payload());
      }
    }
  }

  private void settle(EventId lost, Set<EventId> signed) {
    Bytes payload = payloads.get(lost);
    for (EventId id : signed) {
      Bytes other = payloads.get(id);
      if (payload != null && other != null && payload.equals(other)) {
        again.put(lost, id);
        signed.remove(id);
        return;
      }
    }
    refused.add(lost);
  }
}
