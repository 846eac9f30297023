// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.myrhiza.browser.js.Done;
import org.myrhiza.browser.js.JsBytes;
import org.myrhiza.browser.obstacle.Obstacles;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.kernel.Reply;
import org.myrhiza.kernel.StoreEntry;
import org.myrhiza.kernel.Write;
import org.teavm.jso.JSObject;

/**
 * The kernel's store in IndexedDB: every batch is one transaction of strict durability, complete at
 * its {@code complete} event.
 */
public final class IndexedStore {
  private final JSObject store;

  private IndexedStore(JSObject store) {
    this.store = store;
  }

  /** Some entries of a range. */
  public interface PageTaker {
    /**
     * Takes them.
     *
     * @param complete whether nothing further is in the asked range
     */
    void take(List<StoreEntry> entries, boolean complete);
  }

  /** Opens the database of this origin, making it when missing, or tells why it cannot be used. */
  public static void open(Consumer<IndexedStore> opened, Consumer<Reply.Failed> refused) {
    StoreJs.open(
        store -> opened.accept(new IndexedStore(store)),
        (seen, known) -> refused.accept(Obstacles.newerStore(seen, known)),
        reason -> refused.accept(Obstacles.storageDenied(reason)));
  }

  /** Returns the database, which also holds the keys. */
  public JSObject database() {
    return StoreJs.database(store);
  }

  /** Reads entries in ascending order from {@code from} up to and without {@code to}. */
  public void load(Bytes from, Bytes to, int limit, PageTaker taker, Consumer<String> failed) {
    StoreJs.load(
        store,
        StoreJs.range(JsBytes.of(from), JsBytes.of(to)),
        limit,
        page -> taker.take(entries(page), StoreJs.pageComplete(page)),
        failed::accept);
  }

  /** Reads single entries, those that are there, ascending. */
  public void read(List<Bytes> keys, Consumer<List<StoreEntry>> taker, Consumer<String> failed) {
    List<Bytes> ascending = new ArrayList<>(keys);
    ascending.sort(null);
    JSObject wanted = StoreJs.newKeys();
    ascending.forEach(key -> StoreJs.addKey(wanted, JsBytes.of(key)));
    StoreJs.read(store, wanted, page -> taker.accept(entries(page)), failed::accept);
  }

  private static List<StoreEntry> entries(JSObject page) {
    int size = StoreJs.pageSize(page);
    List<StoreEntry> entries = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      entries.add(
          new StoreEntry(
              JsBytes.adopt(StoreJs.pageKey(page, i)), JsBytes.adopt(StoreJs.pageValue(page, i))));
    }
    return entries;
  }

  /** Applies all writes in order, or none, and tells why in words for a person. */
  public void persist(List<Write> writes, Done done, Consumer<String> failed) {
    StoreJs.persist(
        store, Changes.of(writes), done, reason -> failed.accept(Obstacles.written(reason)));
  }
}
