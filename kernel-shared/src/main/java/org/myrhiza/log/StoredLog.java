// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.List;
import java.util.function.IntPredicate;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.ForkProof;

/**
 * The way from a store into a log: at a start all records, in ascending order; later single events
 * whose bytes are no longer in memory. Bad bytes mean that the store is damaged.
 */
public final class StoredLog {
  private final Log log;

  private static final class MarkedInOrder implements MarkedEvents {
    private final int[] order;
    private final Graph graph;
    private int at = -1;
    private int kept;

    MarkedInOrder(int[] order, Graph graph) {
      this.order = order;
      this.graph = graph;
    }

    @Override
    public boolean next() {
      if (at >= 0 && at < order.length) {
        kept += graph.isKept(order[at]) ? 1 : 0;
      }
      for (at++; at < order.length && graph.mark(order[at]) == 0; at++) {
        kept += graph.isKept(order[at]) ? 1 : 0;
      }
      return at < order.length;
    }

    @Override
    public int mark() {
      return graph.mark(order[at]);
    }

    @Override
    public boolean isKeptAt(int position) {
      return kept == position && graph.isKept(order[at]);
    }

    @Override
    public int principal() {
      return graph.principalOf(order[at]);
    }

    @Override
    public int number() {
      return order[at];
    }

    @Override
    public LogEntry entry(int number) {
      return graph.entry(number);
    }
  }

  StoredLog(Log log) {
    this.log = log;
  }

  /** Takes over a stored proof, after all events; bad bytes mean that the store is damaged. */
  public Decoded<ForkProof> restoreProof(Bytes storeKey, Bytes storeValue) {
    return ForkRecords.read(log.topic(), storeKey, storeValue)
        .map(proof -> {
          log.now().learn(proof);
          return proof;
        });
  }

  /** Ends a restore: what is here is no news. */
  public void restored() {
    log.now().restored();
  }

  /**
   * Takes over a stored event. Records come in ascending order of their keys and before any other
   * use; bad bytes, or an event whose past is not there, mean that the store is damaged.
   */
  public Decoded<StoredEvent> restore(Bytes storeKey, Bytes storeValue) {
    return LogRecords.read(log.topic(), storeKey, storeValue)
        .then(stored -> {
          if (log.contains(stored.id())
              || !log.now().missingParents(stored.event()).isEmpty()
              || log.now().depthOf(stored.event()) != stored.entry().depth()) {
            return Decoded.bad("past of a stored event", 0, stored.id().text(), "to be there");
          }
          log.add(stored);
          return Decoded.ok(stored);
        });
  }

  /**
   * Returns what builds the log from its index, while nothing is here yet.
   *
   * @param marks which marks there may be beside 0
   */
  public IndexReader index(IntPredicate marks) {
    return new IndexReader(log, marks);
  }

  /** Returns the events that have a mark, in canonical order. */
  public MarkedEvents marked() {
    return new MarkedInOrder(log.now().order.from(0), log.now().graph);
  }

  // ---- what only the store has

  /**
   * Takes over the bytes of an event that the store was asked for. Bad bytes, or an event that was
   * never here, mean that the store is damaged; what was dropped meanwhile is passed over.
   */
  public Decoded<StoredEvent> loaded(Bytes storeKey, Bytes storeValue) {
    return LogRecords.read(log.topic(), storeKey, storeValue)
        .map(stored -> {
          int number = log.now().graph.find(stored.id());
          if (number != Graph.NONE) {
            log.now().loaded(number, stored.event());
          }
          return stored;
        });
  }

  /**
   * Returns the two events that have to be loaded before the next fork can be proved: one pair at a
   * time, since many would push each other out of memory; none when all forks are proved.
   */
  public List<LogEntry> unproved() {
    return log.now().unproved();
  }

  /**
   * Makes the proofs of forks for which these events are enough: the two that were to be loaded.
   */
  public void prove(List<StoredEvent> events) {
    log.now().prove(events);
  }
}
