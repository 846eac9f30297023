// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Malformed;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.TopicId;

/**
 * The state of one topic at one place of its order: the app's space, the kernel's own entries, and
 * the digest over both.
 *
 * <p>It changes only by {@link #commit} and {@link #rollback}, always by whole applies. What
 * changed since the last {@link #drain} is known, so that it can be persisted together with the
 * events that caused it. One thread owns it.
 *
 * <p>Values of the app's entries that are in the store may be there only, as far as {@link
 * #keepAtMost} says. Whoever needs such a one finds {@link #misses} true, reads {@link
 * #takeMissing}, hands it to {@link #loaded} and does again, from the beginning, what needed it.
 * Which values are in memory never shows in any outcome.
 */
public final class TopicState {
  private static final Bytes ZERO_NUMBER = Bytes.zeros(8);
  private static final Bytes NO_BUNDLE = Bytes.zeros(org.myrhiza.bytes.Limits.ID_BYTES);

  private final TopicId topic;

  /** What the store keys of its entries begin with. */
  private final Bytes records;

  private Quota quota = Quota.DEFAULT;
  private int recordedReads = Limits.RECORDED_READS;
  private long valueBytes = Long.MAX_VALUE;
  private int pins;
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
    app.space().missed().clear();
    return new Overlay(base, quota, recordedReads, forked);
  }

  /** Returns a view from which to go back; no change of the state may come in between. */
  public Past past() {
    return new Past(this, app.space(), kernel.space());
  }

  /** Returns a reader of the state as it is now, to be dropped before the next change. */
  public Overlay reader() {
    return overlay();
  }

  /**
   * Returns whether the old values of what an overlay writes are in memory, so that it can be
   * committed; if not, {@link #misses} is true.
   */
  public boolean has(Overlay overlay) {
    boolean all = true;
    if (app.space().away() > 0) {
      for (Bytes key : overlay.written().keySet()) {
        all &= app.space().has(key);
      }
    }
    return all;
  }

  /**
   * Makes an overlay's writes part of the state.
   *
   * @return what takes them back
   * @throws IllegalArgumentException if the overlay passed a limit or is of another state
   * @throws IllegalStateException if {@link #has} does not hold; then nothing can go on
   */
  public Undo commit(Overlay overlay) {
    if (overlay.misses() || overlay.passed() != null || overlay.base() != app.space()) {
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
      of(old.space()).put(old.key(), old.value());
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

  /**
   * Returns the app's entries, ascending; a copy, for tests and for comparing whole states. Empty
   * values stand for those that are in the store only.
   */
  public List<StateEntry> appEntries() {
    List<StateEntry> entries = new ArrayList<>();
    for (Entries all = app.space().walk(Bytes.EMPTY); all.isThere(); all.next()) {
      entries.add(all.entry());
    }
    app.space().missed().clear();
    return entries;
  }

  /**
   * Does part of the hashing that {@link #root} needs.
   *
   * @param limitBytes about how many bytes to hash; 0 only asks whether anything is left
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

  /**
   * Proves what one space has under a key, present or absent.
   *
   * @param key 1 to 512 bytes
   * @return empty when a value is needed that is in the store only; then {@link #misses} is true
   */
  public Optional<StateProof> prove(Space space, Bytes key) {
    StateTop top = top();
    TrieProof proof = of(space).prove(key);
    Digested other = of(space == Space.APP ? Space.KERNEL : Space.APP);
    return proof == null
        ? Optional.empty()
        : Optional.of(new StateProof(space, top, other.root(), proof));
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
        writes.add(StateRecords.write(topic, space, key, of(space).space().held(key)));
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
          trim();
          return entry.key().size() + entry.value().size();
        });
  }

  // ---- values that are in the store only

  /**
   * Bounds the values of the app's entries that are in memory from now on: {@link #trim} lets go of
   * more. It changes what is read, never what anything comes to.
   *
   * @param bytes 0 or more
   */
  public void keepAtMost(long bytes) {
    valueBytes = bytes;
    long atOnce = Math.max(Limits.FETCH_LEAST_BYTES, bytes / Limits.FETCH_PART);
    app.space().missed().atMost(Math.min(atOnce, Limits.FETCH_BYTES));
  }

  /** Returns the bytes of the app's values that are in memory. */
  public long valueBytesHeld() {
    return app.space().held();
  }

  /**
   * Lets go of values that are more than is to be kept. All that {@link #drain} returned must be on
   * its way to the store, before any read that follows. While somebody holds on to what was read,
   * or something is not drained, nothing happens.
   */
  public void trim() {
    if (pins == 0) {
      app.trim(valueBytes);
    }
  }

  /** Whether so much more is in memory than is to be kept that nobody should hold on to it. */
  public boolean isOverfull() {
    return (valueBytesHeld() - Limits.FETCH_BYTES) / 2 > valueBytes;
  }

  /** Holds on to what is in memory and what will be read, until {@link #unpin}. */
  public void pin() {
    pins++;
  }

  /** Ends a {@link #pin}. */
  public void unpin() {
    pins--;
  }

  /** Returns whether something was wanted since the last overlay was made that is not in memory. */
  public boolean misses() {
    return app.space().misses();
  }

  /** Returns whether as much is noted as is worth reading at once. */
  public boolean missesMuch() {
    return app.space().missed().isFull();
  }

  /** Returns the bytes of the values that {@link #takeMissing} would name. */
  public long missesBytes() {
    return app.space().missed().bytes();
  }

  /**
   * Returns the store keys of what was wanted and of what lies beside it, ascending, and forgets
   * them.
   */
  public List<Bytes> takeMissing() {
    List<Bytes> keys = new ArrayList<>();
    for (Bytes key : app.space().missed().take()) {
      keys.add(StateRecords.key(records, Space.APP, key));
    }
    return keys;
  }

  /** Returns what {@link #loaded} wants to know of the time at which values were asked for. */
  public int asOf() {
    return app.space().trims();
  }

  /**
   * Takes values that were read. What changed since they were asked for is passed over. One that is
   * not there, or is not what its entry says, means that the store is damaged.
   *
   * @param asked the keys that {@link #takeMissing} gave
   * @param found what the store has of them
   * @param asOf {@link #asOf} when they were asked for
   * @return how many were asked for
   */
  public Decoded<Integer> loaded(List<Bytes> asked, List<StoreWrite> found, int asOf) {
    TreeMap<Bytes, Bytes> values = new TreeMap<>();
    for (StoreWrite record : found) {
      Bytes value = record.value();
      if (value != null && record.key().startsWith(records)) {
        switch (StateRecords.read(records, record.key(), value)) {
          case Decoded.Ok<StateRecords.Stored>(StateRecords.Stored stored) ->
              values.put(stored.entry().key(), stored.entry().value());
          case Decoded.Bad<StateRecords.Stored>(Malformed bad) -> {
            return new Decoded.Bad<>(bad);
          }
        }
      }
    }
    List<Bytes> keys = new ArrayList<>();
    for (Bytes key : asked) {
      keys.add(StateRecords.keyOf(key));
    }
    Bytes wrong = app.space().take(keys, values::get, asOf);
    if (wrong == null) {
      return Decoded.ok(keys.size());
    }
    String seen = values.containsKey(wrong) ? "a value of another size" : "none";
    return Decoded.bad("value of state entry " + wrong.toHex(), 0, seen, "as its record said");
  }
}
