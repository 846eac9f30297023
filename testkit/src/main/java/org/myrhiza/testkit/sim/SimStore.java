// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.EventId;
import org.myrhiza.hash.Limits;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.OwnRecords;
import org.myrhiza.kernel.StoreEntry;
import org.myrhiza.kernel.Write;
import org.myrhiza.log.ForkRecords;

/** A store in memory that survives the crashes of its peer. */
public final class SimStore {
  private final TreeMap<Bytes, Bytes> entries = new TreeMap<>();

  private @Nullable TreeMap<Bytes, Bytes> honest;
  private final TreeSet<EventId> forgotten = new TreeSet<>();
  private boolean forgetful;

  /** From the next batch on, whatever is written is gone after the next crash. */
  void lie() {
    if (honest == null) {
      honest = new TreeMap<>(entries);
    }
  }

  /** Whether what is written now only seems to be. */
  boolean isLying() {
    return honest != null;
  }

  /** Whether something was written that only seems to be. */
  boolean hasLied() {
    return forgetful;
  }

  /** From now on all is written that seems to be, also what was before. */
  void endLies() {
    honest = null;
    forgetful = false;
  }

  /**
   * A crash: takes back what only seemed to be written, and says whether there was any. A store
   * that had nothing to lie about yet goes on lying.
   */
  boolean forgetLies() {
    TreeMap<Bytes, Bytes> left = honest;
    if (left == null || !forgetful) {
      return false;
    }
    List<OwnRecords.Signed> before = signed();
    entries.clear();
    entries.putAll(left);
    before.forEach(each -> forgotten.add(each.id()));
    signed().forEach(each -> forgotten.remove(each.id()));
    endLies();
    return true;
  }

  /** What was signed here, as far as there is a record of it now. */
  public List<OwnRecords.Signed> signed() {
    List<OwnRecords.Signed> signed = new ArrayList<>();
    entries
        .subMap(Bytes.of(OwnRecords.PREFIX), Bytes.of(OwnRecords.PREFIX + 1))
        .forEach((key, value) -> signed.add(OwnRecords.read(key, value).orThrow()));
    return signed;
  }

  /** The keys of which it holds a proof that they forked. */
  public Set<PublicKey> forked() {
    TreeSet<PublicKey> forked = new TreeSet<>();
    for (Bytes key :
        entries.subMap(Bytes.of(ForkRecords.PREFIX), Bytes.of(ForkRecords.PREFIX + 1)).keySet()) {
      forked.add(new PublicKey(key.slice(key.size() - Limits.HASH_BYTES, key.size())));
    }
    return forked;
  }

  /** The events signed here of which nothing was left after a crash, though it had acknowledged. */
  public Set<EventId> forgotten() {
    return forgotten;
  }

  /** A page of a range. */
  public record Page(List<StoreEntry> entries, boolean complete) {}

  /** Applies a batch. */
  public void apply(List<Write> writes) {
    forgetful |= honest != null && !writes.isEmpty();
    for (Write write : writes) {
      switch (write) {
        case Write.Put put -> entries.put(put.key(), put.value());
        case Write.Delete delete -> entries.remove(delete.key());
        case Write.DeleteRange range -> entries.subMap(range.from(), range.to()).clear();
      }
    }
  }

  /** Reads a page. */
  public Page page(Bytes from, Bytes to, int limit) {
    List<StoreEntry> page = new ArrayList<>();
    for (Map.Entry<Bytes, Bytes> entry : entries.subMap(from, to).entrySet()) {
      if (page.size() == limit) {
        return new Page(page, false);
      }
      page.add(new StoreEntry(entry.getKey(), entry.getValue()));
    }
    return new Page(page, true);
  }

  /** Reads single entries, ascending. */
  public List<StoreEntry> read(List<Bytes> keys) {
    List<Bytes> ascending = new ArrayList<>(keys);
    ascending.sort(null);
    List<StoreEntry> found = new ArrayList<>();
    for (Bytes key : ascending) {
      Bytes value = entries.get(key);
      if (value != null) {
        found.add(new StoreEntry(key, value));
      }
    }
    return found;
  }

  /** Takes over all entries of another, in place of its own. */
  void copy(SimStore other) {
    entries.clear();
    entries.putAll(other.entries);
  }

  /** Entries in it. */
  public int size() {
    return entries.size();
  }

  /** All entries, ascending by key. */
  public List<StoreEntry> all() {
    List<StoreEntry> all = new ArrayList<>();
    entries.forEach((key, value) -> all.add(new StoreEntry(key, value)));
    return all;
  }

  /** Sets one entry by hand, to damage the store. */
  public void put(Bytes key, Bytes value) {
    entries.put(key, value);
  }
}
