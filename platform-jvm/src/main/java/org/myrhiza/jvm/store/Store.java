// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.store;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.kernel.StoreEntry;
import org.myrhiza.kernel.Write;

/**
 * A sorted key-value store with atomic, durable batches: what the kernel's effects {@code Load} and
 * {@code Persist} need, and no more. Used by one thread at a time.
 */
public interface Store extends AutoCloseable {
  /**
   * Reads entries in ascending unsigned order.
   *
   * @param from the first key, inclusive
   * @param to the end, exclusive
   * @param limit the most entries to return, above 0; fewer come back when they hold about 1 MiB
   * @throws DataException if the store cannot be read
   */
  Page load(Bytes from, Bytes to, int limit) throws DataException;

  /**
   * Reads single entries.
   *
   * @param keys none twice
   * @return those that are there, ascending
   * @throws DataException if the store cannot be read
   */
  List<StoreEntry> read(List<Bytes> keys) throws DataException;

  /**
   * Applies all writes in order, or none of them; they survive a crash of the machine once this
   * returns.
   *
   * @throws DataException if the store did not take them
   */
  void persist(List<Write> writes) throws DataException;

  @Override
  void close();

  /**
   * Some entries of a range.
   *
   * @param entries in ascending order
   * @param complete whether nothing further is in the asked range
   */
  record Page(List<StoreEntry> entries, boolean complete) {
    /** Copies the list. */
    public Page {
      entries = List.copyOf(entries);
    }
  }
}
