// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.kernel.StoreEntry;
import org.myrhiza.kernel.Write;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The store on RocksDB: one column family, unsigned byte order, every batch one write-ahead log
 * record that is synced before {@link #persist} returns.
 *
 * <p>A power cut may leave the last record unfinished: it was never acknowledged and is dropped. A
 * record that is whole and wrong means damage, also in the middle of the log, where RocksDB's own
 * choice would be to forget everything from there on without a word. A log or a list of files that
 * ends earlier than it did is noticed by {@link Completeness}.
 *
 * <p>After a write that failed, RocksDB takes no other. It is opened anew before the next one, once
 * the disk has space for that; until then it can be read.
 */
public final class RocksStore implements Store {
  private static final String NO_SUCH_FILE = "No such file or directory";
  private static final String SPACE =
      "Check free space and permissions, and that no other process uses the folder.";

  private final Path folder;
  private final WriteOptions synced;
  private final boolean unsure;
  private @Nullable Database database;
  private boolean failed;

  private RocksStore(Path folder, Database database) {
    this.folder = folder;
    this.database = database;
    unsure = database.unsure();
    synced = new WriteOptions().setSync(true);
  }

  /**
   * Opens the store in a folder, making it when missing.
   *
   * @throws DataException if the folder is damaged, owned by another process or not writable
   */
  public static RocksStore open(Path folder) throws DataException {
    return new RocksStore(folder, database(folder));
  }

  private static Database database(Path folder) throws DataException {
    try {
      return Database.open(folder);
    } catch (RocksDBException refused) {
      throw failure("the store in " + folder + " does not open", refused);
    } catch (IOException refused) {
      throw new DataException(
          DataException.Kind.DENIED,
          "the store in " + folder + " cannot be used: " + DataFolder.reason(refused),
          SPACE,
          refused);
    }
  }

  /**
   * Returns whether there is no telling if confirmed writes are missing, so that nothing may be
   * signed with a key that was used before. Told at each opening until something is written.
   */
  public boolean isUnsure() {
    return unsure;
  }

  private Database opened() throws DataException {
    Database now = database;
    if (now == null) {
      now = database(folder);
      database = now;
      failed = false;
    }
    return now;
  }

  /** What is open, able to take a write. */
  private Database writable() throws DataException {
    Database now = database;
    if (failed && now != null) {
      refuseWithoutSpace();
      database = null;
      now.close();
    }
    return opened();
  }

  private void refuseWithoutSpace() throws DataException {
    try {
      long needed = Database.bytesToOpen(folder);
      long free = Files.getFileStore(folder).getUsableSpace();
      if (free < needed) {
        throw new DataException(
            DataException.Kind.DENIED,
            "the store needs %d bytes of free space and has %d".formatted(needed, free),
            SPACE);
      }
    } catch (IOException refused) {
      throw new DataException(
          DataException.Kind.DENIED, "the disk cannot be asked for its space", SPACE, refused);
    }
  }

  @Override
  public Page load(Bytes from, Bytes to, int limit) throws DataException {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + ", allowed 1 and above");
    }
    List<StoreEntry> entries = new ArrayList<>();
    try (Slice end = new Slice(to.toArray());
        ReadOptions range = new ReadOptions().setIterateUpperBound(end).setVerifyChecksums(true);
        RocksIterator at = opened().rocks().newIterator(range)) {
      long bytes = 0;
      for (at.seek(from.toArray()); at.isValid(); at.next()) {
        if (entries.size() == limit || bytes >= Limits.PAGE_BYTES) {
          return new Page(entries, false);
        }
        Bytes key = Bytes.adopt(at.key());
        Bytes value = Bytes.adopt(at.value());
        bytes += (long) key.size() + value.size();
        entries.add(new StoreEntry(key, value));
      }
      at.status();
      return new Page(entries, true);
    } catch (RocksDBException refused) {
      throw failure("RocksDB", refused);
    }
  }

  @Override
  public List<StoreEntry> read(List<Bytes> keys) throws DataException {
    List<Bytes> ascending = new ArrayList<>(keys);
    ascending.sort(null);
    List<byte[]> asked = new ArrayList<>();
    ascending.forEach(key -> asked.add(key.toArray()));
    List<StoreEntry> entries = new ArrayList<>();
    try (ReadOptions verified = new ReadOptions().setVerifyChecksums(true)) {
      List<byte[]> values = opened().rocks().multiGetAsList(verified, asked);
      for (int i = 0; i < values.size(); i++) {
        byte[] value = values.get(i);
        if (value != null) {
          entries.add(new StoreEntry(ascending.get(i), Bytes.adopt(value)));
        }
      }
      return entries;
    } catch (RocksDBException refused) {
      throw failure("RocksDB", refused);
    }
  }

  @Override
  public void persist(List<Write> writes) throws DataException {
    Database now = writable();
    failed = true;
    try (WriteBatch batch = new WriteBatch()) {
      for (Write write : writes) {
        switch (write) {
          case Write.Put(Bytes key, Bytes value) -> batch.put(key.toArray(), value.toArray());
          case Write.Delete(Bytes key) -> batch.delete(key.toArray());
          case Write.DeleteRange(Bytes from, Bytes to) ->
              batch.deleteRange(from.toArray(), to.toArray());
        }
      }
      now.rocks().write(synced, batch);
      now.completeness().confirm();
      failed = false;
    } catch (RocksDBException refused) {
      throw failure("the store did not take a batch of " + writes.size() + " writes", refused);
    } catch (IOException refused) {
      throw new DataException(
          DataException.Kind.DENIED,
          "the store did not count a batch of "
              + writes.size()
              + " writes: "
              + refused.getMessage(),
          SPACE,
          refused);
    }
  }

  @Override
  public void close() {
    synced.close();
    Database now = database;
    if (now != null) {
      database = null;
      now.close();
    }
  }

  private static DataException failure(String what, RocksDBException refused) {
    Status status = refused.getStatus();
    Status.Code code = status == null ? Status.Code.Undefined : status.getCode();
    String message = what + ": " + refused.getMessage();
    // A file that the others name and that is gone: RocksDB has no code of its own for it.
    boolean incomplete = code == Status.Code.IOError && message.endsWith(NO_SUCH_FILE);
    return switch (incomplete ? Status.Code.Corruption : code) {
      case Corruption ->
          new DataException(
              DataException.Kind.DAMAGED,
              message,
              "Restore the folder from a copy, or start anew with another --data folder.",
              refused);
      case IOError -> new DataException(DataException.Kind.DENIED, message, SPACE, refused);
      default ->
          new DataException(
              DataException.Kind.DENIED, message, "Look at the folder's permissions.", refused);
    };
  }
}
