// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/**
 * RocksDB opened in a folder, known to hold all that was confirmed before.
 *
 * @param options what it was opened with
 * @param rocks RocksDB
 * @param completeness confirms what is written from now on
 * @param unsure whether there is no telling if confirmed writes are missing
 */
record Database(Options options, RocksDB rocks, Completeness completeness, boolean unsure) {
  static {
    RocksLibrary.load();
  }

  /**
   * Opens it, making it when it is missing.
   *
   * @throws DataException {@code DAMAGED} if something is missing or wrong
   */
  static Database open(Path folder) throws IOException, RocksDBException, DataException {
    Optional<Confirmed.Mark> mark = Completeness.before(folder);
    Options options =
        new Options()
            .setCreateIfMissing(true)
            .setParanoidChecks(true)
            .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
            .setWriteBufferSize(Limits.WRITE_BUFFER_BYTES)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setLevel0FileNumCompactionTrigger(Limits.TABLES_BEFORE_MERGING)
            .setMaxLogFileSize(Limits.INFO_LOG_BYTES)
            .setKeepLogFileNum(1)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL);
    List<AutoCloseable> opened = new ArrayList<>(List.of(options));
    boolean whole = false;
    try {
      RocksDB rocks = RocksDB.open(options, folder.toString());
      opened.addFirst(rocks);
      Completeness completeness = Completeness.after(folder, rocks, mark);
      opened.addFirst(completeness);
      boolean unsure = mark.isEmpty() && rocks.getLatestSequenceNumber() > 0;
      if (!unsure) {
        completeness.confirm();
      }
      whole = true;
      return new Database(options, rocks, completeness, unsure);
    } finally {
      if (!whole) {
        opened.forEach(Database::close);
      }
    }
  }

  private static void close(AutoCloseable each) {
    switch (each) {
      case Completeness completeness -> completeness.close();
      case RocksDB rocks -> rocks.close();
      case Options options -> options.close();
      default -> throw new IllegalStateException("nobody closes " + each.getClass());
    }
  }

  /** Bytes that opening it again may write: what its logs hold goes into a table. */
  static long bytesToOpen(Path folder) throws IOException {
    long bytes = Limits.INFO_LOG_BYTES;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".log")).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  void close() {
    completeness.close();
    rocks.close();
    options.close();
  }
}
