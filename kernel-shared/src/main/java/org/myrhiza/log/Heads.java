// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.EventId;
import org.myrhiza.event.Place;

/** Which heads an honest event cites. */
final class Heads {
  private static final int DEPTH_BYTES = Long.BYTES;

  private Heads() {}

  /** Returns the heads to cite, least rank first, without one; ascending by id. */
  static List<EventId> toCite(Collection<LogEntry> heads, List<EventId> without) {
    TreeMap<Bytes, EventId> byRank = new TreeMap<>();
    for (LogEntry head : heads) {
      if (!without.contains(head.id())) {
        byRank.put(head.place().key().slice(DEPTH_BYTES, Place.KEY_BYTES), head.id());
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
