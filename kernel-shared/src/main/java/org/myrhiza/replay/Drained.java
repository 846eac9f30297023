// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import java.util.List;
import org.myrhiza.event.EventId;
import org.myrhiza.state.StoreWrite;

/**
 * What changed since the last drain. The writes go into one atomic batch, together with the log
 * entries that led to them.
 *
 * @param writes verdicts with their undo entries, then state entries
 * @param marks what a log is to keep of it
 * @param verdicts events that got, changed or lost a verdict, in canonical order
 */
public record Drained(List<StoreWrite> writes, List<Mark> marks, List<EventId> verdicts) {
  /** Copies the lists. */
  public Drained {
    writes = List.copyOf(writes);
    marks = List.copyOf(marks);
    verdicts = List.copyOf(verdicts);
  }
}
