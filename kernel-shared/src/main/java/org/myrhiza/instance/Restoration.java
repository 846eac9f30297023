// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import java.util.List;
import java.util.function.Consumer;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.Clock;
import org.myrhiza.event.EventId;
import org.myrhiza.event.ForkProof;
import org.myrhiza.log.IndexReader;
import org.myrhiza.log.Log;
import org.myrhiza.log.StoredEvent;
import org.myrhiza.replay.Mark;
import org.myrhiza.replay.Replay;

/**
 * Takes what the store has of an instance at a start: the log, then the proofs of forks, then
 * {@link #logRestored}, then the rest, each kind in ascending order of keys. Bad records mean that
 * the store is damaged.
 *
 * <p>The log comes from its {@link #index}, or, where that is of no use, from all events; and the
 * results then from {@link #marks}, or from all verdicts.
 */
public final class Restoration {
  private final Log log;
  private final OwnChains own;
  private final Replay replay;
  private final Consumer<Clock> clocks;

  Restoration(Log log, OwnChains own, Replay replay, Consumer<Clock> clocks) {
    this.log = log;
    this.own = own;
    this.replay = replay;
    this.clocks = clocks;
  }

  /** Returns what takes the index of the log. */
  public IndexReader index() {
    return log.stored().index(Replay::isMark);
  }

  /** Takes the log as its index tells it; bad, and nothing taken, if it is not whole. */
  public Decoded<Clock> indexed(IndexReader index) {
    return index
        .end()
        .map(latest -> {
          clocks.accept(latest);
          return latest;
        });
  }

  /** Takes a log entry. */
  public Decoded<StoredEvent> event(Bytes key, Bytes value) {
    Decoded<StoredEvent> decoded = log.stored().restore(key, value);
    if (decoded instanceof Decoded.Ok<StoredEvent>(StoredEvent event)) {
      clocks.accept(event.entry().clock());
    }
    return decoded;
  }

  /** Takes a proof of a fork. */
  public Decoded<ForkProof> proof(Bytes key, Bytes value) {
    return log.stored().restoreProof(key, value);
  }

  /** All log entries and proofs were taken: which events are kept is as it was. */
  public void logRestored() {
    log.stored().restored();
  }

  /**
   * Takes the marks of all events of the index, in the place of the verdicts.
   *
   * @return the keys of those verdict records that have to be taken still
   */
  public List<Bytes> marks() {
    return replay.restoreMarks(log.stored().marked());
  }

  /** Takes a verdict. */
  public Decoded<Mark> verdict(Bytes key, Bytes value) {
    return replay
        .restoreVerdict(key, value)
        .map(mark -> {
          log.index().mark(mark.event(), mark.mask(), mark.bits());
          return mark;
        });
  }

  /** Takes a state entry. */
  public Decoded<Integer> state(Bytes key, Bytes value) {
    return replay.restoreState(key, value);
  }

  /**
   * Takes a record of what was signed here. An event that is not in the log means that the store
   * lost something.
   */
  public Decoded<EventId> own(Bytes key, Bytes value) {
    return own.restore(key, value);
  }
}
