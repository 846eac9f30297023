// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.EventId;

/** The valid events that no valid event cites. */
final class Heads {
  /** A place's key is depth, rank, id. */
  private static final int DEPTH_BYTES = 8;

  private final TreeMap<EventId, LogEntry> heads = new TreeMap<>();

  void add(LogEntry entry) {
    for (EventId parent : entry.event().header().parents()) {
      heads.remove(parent);
    }
    heads.put(entry.id(), entry);
  }

  List<EventId> ids() {
    return List.copyOf(heads.keySet());
  }

  /** Returns the heads to cite, least rank first, without one; ascending by id. */
  List<EventId> toCite(List<EventId> without) {
    TreeMap<Bytes, EventId> byRank = new TreeMap<>();
    for (LogEntry head : heads.values()) {
      if (!without.contains(head.id())) {
        Bytes key = head.place().key();
        byRank.put(key.slice(DEPTH_BYTES, key.size()), head.id());
      }
    }
    List<EventId> cited = new ArrayList<>();
    for (EventId id : byRank.values()) {
      if (cited.size() < Limits.CITED_HEADS) {
        cited.add(id);
      }
    }
    cited.sort(null);
    return cited;
  }
}
