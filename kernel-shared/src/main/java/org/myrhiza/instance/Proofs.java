// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.ForkProof;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.ForkRecords;
import org.myrhiza.log.KnownFork;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.StoredEvent;
import org.myrhiza.state.StoreWrite;

/** Proofs of forks on their way from the log to the store and to peers. */
final class Proofs {
  private final Log log;
  private final Outside outside;
  private final StoreReads reads;
  private final Consumer<PublicKey> forked;
  private final List<ForkProof> unpublished = new ArrayList<>();
  private boolean proving;

  /**
   * None yet.
   *
   * @param forked told of each key of which a fork became known
   */
  Proofs(Log log, Outside outside, StoreReads reads, Consumer<PublicKey> forked) {
    this.log = log;
    this.outside = outside;
    this.reads = reads;
    this.forked = forked;
  }

  /**
   * Takes what became known, and reads what a proof needs of events that are in the store only.
   *
   * @param keeps whether there is a store to write to and to read
   */
  void note(boolean keeps) {
    publish(keeps);
    List<LogEntry> needed = log.stored().unproved();
    if (keeps && !proving && !needed.isEmpty()) {
      proving = true;
      reads.withBytes(needed, found -> proved(found), () -> proving = false);
    }
  }

  /** Goes on only when something was proved: else what was read is not what is missing. */
  private void proved(List<StoredEvent> found) {
    proving = false;
    log.stored().prove(found);
    if (publish(true)) {
      note(true);
    }
    outside.changed();
  }

  /** Returns whether there was anything. */
  private boolean publish(boolean keeps) {
    List<ForkProof> proofs = log.takeProofs();
    for (ForkProof proof : proofs) {
      unpublished.add(proof);
      if (keeps) {
        outside.write(stored(proof));
      }
      forked.accept(proof.first().signer());
    }
    return !proofs.isEmpty();
  }

  /** Writes all that are known, as the topic is kept from now on. */
  void keep() {
    for (KnownFork fork : log.forks()) {
      outside.write(stored(log.proof(fork.key())));
    }
  }

  private StoreWrite stored(ForkProof proof) {
    Bytes key = ForkRecords.key(log.topic(), proof.first().signer());
    return new StoreWrite(key, ForkRecords.value(proof));
  }

  /** Returns those that became known since the last call. */
  List<ForkProof> take() {
    List<ForkProof> taken = List.copyOf(unpublished);
    unpublished.clear();
    return taken;
  }
}
