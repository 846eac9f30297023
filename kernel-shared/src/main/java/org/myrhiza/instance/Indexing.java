// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import java.util.List;
import org.myrhiza.log.LogIndex;
import org.myrhiza.replay.Mark;
import org.myrhiza.state.StoreWrite;

/** The index of an instance's log on its way to the store, in the batches of what it is about. */
final class Indexing {
  private final LogIndex index;
  private final Outside outside;
  private boolean awaited;

  Indexing(LogIndex index, Outside outside) {
    this.index = index;
    this.outside = outside;
  }

  /** Takes note of results that are written, and of those that are no longer there. */
  void changed(List<Mark> marks) {
    for (Mark mark : marks) {
      index.mark(mark.event(), mark.mask(), mark.bits());
    }
    changed();
  }

  /** Something in the log changed: what the store lacks of the index goes with this batch. */
  void changed() {
    if (!awaited && index.isBehind()) {
      awaited = true;
      outside.beforePersist(this::write);
    }
  }

  private void write() {
    awaited = false;
    for (LogIndex.Change change : index.take()) {
      outside.write(new StoreWrite(change.key(), change.value()));
    }
    if (index.isBehind()) {
      outside.whenPersisted(this::changed);
    }
  }
}
