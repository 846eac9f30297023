// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.kernel.StoreEntry;
import org.myrhiza.kernel.Write;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The store on RocksDB: one column family, unsigned byte order, every batch one write-ahead log
 * record that is synced before {@link #persist} returns.
 *
 * <p>A power cut may leave the last record unfinished: it was never acknowledged and is dropped. A
 * record that is whole and wrong means damage, also in the middle of the log, where RocksDB's own
 * choice would be to forget everything from there on without a word.
 */
public final class RocksStore implements Store {
  static {
    RocksLibrary.load();
  }

  private static final String NO_SUCH_FILE = "No such file or directory";

  private final Options options;
  private final WriteOptions synced;
  private final ReadOptions verified;
  private final RocksDB database;

  private RocksStore(Options options, RocksDB database) {
    this.options = options;
    this.database = database;
    this.synced = new WriteOptions().setSync(true);
    this.verified = new ReadOptions().setVerifyChecksums(true);
  }

  /**
   * Opens the store in a folder, making it when missing.
   *
   * @throws DataException if the folder is damaged, owned by another process or not writable
   */
  public static RocksStore open(Path folder) throws DataException {
    Options options =
        new Options()
            .setCreateIfMissing(true)
            .setParanoidChecks(true)
            .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
            .setWriteBufferSize(Limits.WRITE_BUFFER_BYTES)
            .setMaxLogFileSize(Limits.INFO_LOG_BYTES)
            .setKeepLogFileNum(1)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL);
    try {
      return new RocksStore(options, RocksDB.open(options, folder.toString()));
    } catch (RocksDBException failed) {
      options.close();
      throw failure("the store in " + folder + " does not open", failed);
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
        RocksIterator at = database.newIterator(range)) {
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
    } catch (RocksDBException failed) {
      throw failure("RocksDB", failed);
    }
  }

  @Override
  public List<StoreEntry> read(List<Bytes> keys) throws DataException {
    List<Bytes> ascending = new ArrayList<>(keys);
    ascending.sort(null);
    List<byte[]> asked = new ArrayList<>();
    ascending.forEach(key -> asked.add(key.toArray()));
    List<StoreEntry> entries = new ArrayList<>();
    try {
      List<byte[]> values = database.multiGetAsList(verified, asked);
      for (int i = 0; i < values.size(); i++) {
        byte[] value = values.get(i);
        if (value != null) {
          entries.add(new StoreEntry(ascending.get(i), Bytes.adopt(value)));
        }
      }
      return entries;
    } catch (RocksDBException failed) {
      throw failure("RocksDB", failed);
    }
  }

  @Override
  public void persist(List<Write> writes) throws DataException {
    try (WriteBatch batch = new WriteBatch()) {
      for (Write write : writes) {
        switch (write) {
          case Write.Put(Bytes key, Bytes value) -> batch.put(key.toArray(), value.toArray());
          case Write.Delete(Bytes key) -> batch.delete(key.toArray());
          case Write.DeleteRange(Bytes from, Bytes to) ->
              batch.deleteRange(from.toArray(), to.toArray());
        }
      }
      database.write(synced, batch);
    } catch (RocksDBException failed) {
      throw failure("the store did not take a batch of " + writes.size() + " writes", failed);
    }
  }

  @Override
  public void close() {
    synced.close();
    verified.close();
    database.close();
    options.close();
  }

  private static DataException failure(String what, RocksDBException failed) {
    Status status = failed.getStatus();
    Status.Code code = status == null ? Status.Code.Undefined : status.getCode();
    String message = what + ": " + failed.getMessage();
    // A file that the others name and that is gone: RocksDB has no code of its own for it.
    boolean incomplete = code == Status.Code.IOError && message.endsWith(NO_SUCH_FILE);
    return switch (incomplete ? Status.Code.Corruption : code) {
      case Corruption ->
          new DataException(
              DataException.Kind.DAMAGED,
              message,
              "Restore the folder from a copy, or start anew with another --data folder.",
              failed);
      case IOError ->
          new DataException(
              DataException.Kind.DENIED,
              message,
              "Check free space and permissions, and that no other process uses the folder.",
              failed);
      default ->
          new DataException(
              DataException.Kind.DENIED, message, "Look at the folder's permissions.", failed);
    };
  }
}
