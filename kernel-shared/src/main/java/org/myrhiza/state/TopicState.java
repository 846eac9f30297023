// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.TopicId;

/**
 * The state of one topic at one place of its order: the app's space, the kernel's own entries, and
 * the digest over both.
 *
 * <p>It changes only by {@link #commit} and {@link #rollback}, always by whole applies. What
 * changed since the last {@link #drain} is known, so that it can be persisted together with the
 * events that caused it. One thread owns it.
 */
public final class TopicState {
  private static final Bytes ZERO_NUMBER = Bytes.zeros(8);
  private static final Bytes NO_BUNDLE = Bytes.zeros(org.myrhiza.bytes.Limits.ID_BYTES);

  private final TopicId topic;

  /** What the store keys of its entries begin with. */
  private final Bytes records;

  private Quota quota = Quota.DEFAULT;
  private int recordedReads = Limits.RECORDED_READS;
  private final Digested app;
  private final Digested kernel;

  private TopicState(TopicId topic) {
    this.topic = topic;
    records = StateRecords.from(topic);
    app = new Digested(topic);
    kernel = new Digested(topic);
  }

  /** Returns the state before the genesis, under the default quota. */
  public static TopicState empty(TopicId topic) {
    return new TopicState(topic);
  }

  /** Sets the quota that the topic's policy gives, for overlays from now on. */
  public void limitTo(Quota topicQuota) {
    quota = topicQuota;
  }

  Quota quota() {
    return quota;
  }

  /** Bounds the reads that an overlay records from now on; past it, everything counts as read. */
  public void recordAtMost(int reads) {
    recordedReads = reads;
  }

  /** Returns the bound of recorded reads. */
  public int recordedReads() {
    return recordedReads;
  }

  /** Returns an overlay for one apply on the state as it is now, of an event without a fork. */
  public Overlay overlay() {
    return overlay(() -> false);
  }

  /**
   * Returns an overlay for one apply on the state as it is now.
   *
   * @param forked whether the event's key forked at or before it, when that is asked
   */
  public Overlay overlay(BooleanSupplier forked) {
    return overlay(app.space(), forked);
  }

  Overlay overlay(Base base, BooleanSupplier forked) {
    return new Overlay(base, quota, recordedReads, forked);
  }

  /** Returns a view from which to go back; no change of the state may come in between. */
  public Past past() {
    return new Past(this, app.space(), kernel.space());
  }

  /** Returns a reader of the state as it is now, to be dropped before the next change. */
  public StateReader reader() {
    return overlay();
  }

  /**
   * Makes an overlay's writes part of the state.
   *
   * @return what takes them back
   * @throws IllegalArgumentException if the overlay passed a limit or is of another state
   */
  public Undo commit(Overlay overlay) {
    if (overlay.passed() != null || overlay.base() != app.space()) {
      throw new IllegalArgumentException("this overlay cannot be committed here");
    }
    List<Undo.Old> old = new ArrayList<>();
    for (Map.Entry<Bytes, Optional<Bytes>> write : overlay.written().entrySet()) {
      old.add(set(Space.APP, write.getKey(), write.getValue().orElse(null)));
    }
    return new Undo(old);
  }

  /**
   * Puts what a genesis establishes in force.
   *
   * @return what takes it back
   */
  public Undo establish(Genesis genesis) {
    List<Undo.Old> old = new ArrayList<>();
    for (Undo.Old value : established(genesis).old()) {
      old.add(set(value.space(), value.key(), value.value()));
    }
    return new Undo(old);
  }

  /** Returns the values that a genesis gives the kernel's own keys. */
  public static Undo established(Genesis genesis) {
    List<Undo.Old> values = new ArrayList<>();
    InForce.establish(genesis, (key, value) -> values.add(new Undo.Old(Space.KERNEL, key, value)));
    return new Undo(values);
  }

  /** Takes one apply back. Only the latest that is not yet taken back may be. */
  public void rollback(Undo undo) {
    for (Undo.Old old : undo.old()) {
      set(old.space(), old.key(), old.value());
    }
  }

  private Undo.Old set(Space space, Bytes key, @Nullable Bytes value) {
    return new Undo.Old(space, key, of(space).set(key, value));
  }

  private Digested of(Space space) {
    return switch (space) {
      case APP -> app;
      case KERNEL -> kernel;
    };
  }

  /** Returns the number of the app's entries. */
  public long entries() {
    return app.space().entries();
  }

  /** Returns the bytes of the app's keys and values. */
  public long bytes() {
    return app.space().bytes();
  }

  /** Returns the app's entries, ascending; a copy, for tests and for comparing whole states. */
  public List<StateEntry> appEntries() {
    List<StateEntry> entries = new ArrayList<>();
    app.space().from(Bytes.EMPTY).forEachRemaining(entries::add);
    return entries;
  }

  /**
   * Does part of the hashing that {@link #root} needs.
   *
   * @param limitBytes about how many bytes to hash, above 0
   * @return whether nothing is left to hash
   */
  public boolean hashSome(long limitBytes) {
    Purse purse = new Purse(limitBytes);
    return app.hash(purse) && kernel.hash(purse);
  }

  /** Returns the digest: the root of rules.md, section 10. Hashes what changed since the last. */
  public Bytes root() {
    return top().root(app.root(), kernel.root());
  }

  private StateTop top() {
    hashSome(Long.MAX_VALUE);
    return new StateTop(
        inForce(InForce.FORMAT, ZERO_NUMBER),
        inForce(InForce.TABLE, ZERO_NUMBER),
        inForce(InForce.BUNDLE, NO_BUNDLE),
        entries(),
        bytes());
  }

  /** Returns a proof of what one space has under a key of 1 to 512 bytes, present or absent. */
  public StateProof prove(Space space, Bytes key) {
    StateTop top = top();
    Digested other = of(space == Space.APP ? Space.KERNEL : Space.APP);
    return new StateProof(space, top, other.root(), of(space).prove(key));
  }

  private Bytes inForce(Bytes key, Bytes otherwise) {
    Bytes value = kernel.space().get(key);
    return value == null ? otherwise : value;
  }

  /** Returns what changed since the last call, as records of the store, ascending. */
  public List<StoreWrite> drain() {
    List<StoreWrite> writes = new ArrayList<>();
    for (Space space : Space.values()) {
      for (Bytes key : of(space).drain()) {
        writes.add(StateRecords.write(topic, space, key, of(space).space().get(key)));
      }
    }
    return writes;
  }

  /**
   * Takes over a stored entry, before any other use. Bad bytes mean that the store is damaged.
   *
   * @return the bytes of key and value
   */
  public Decoded<Integer> restore(Bytes storeKey, Bytes storeValue) {
    return StateRecords.read(records, storeKey, storeValue)
        .map(stored -> {
          StateEntry entry = stored.entry();
          of(stored.space()).restore(entry.key(), entry.value());
          return entry.key().size() + entry.value().size();
        });
  }
}
