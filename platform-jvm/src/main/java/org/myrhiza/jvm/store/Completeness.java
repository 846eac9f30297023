// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Whether all that a store confirmed is in it. RocksDB tells of bytes that are wrong, and not of
 * files that end earlier than they did.
 */
final class Completeness implements AutoCloseable {
  private static final String CURRENT = "CURRENT";
  private static final String MANIFEST = "MANIFEST-";
  private static final String TABLES = "rocksdb.current-super-version-number";

  private final RocksDB database;
  private final Confirmed confirmed;
  private long tables = -1;
  private long manifest;
  private long manifestBytes;

  private Completeness(RocksDB database, Confirmed confirmed) {
    this.database = database;
    this.confirmed = confirmed;
  }

  /**
   * Looks at a folder before RocksDB does: without the file that names the others it would begin
   * anew, and it removes what a list that was cut no longer names.
   *
   * @return what was confirmed, if that is known
   * @throws DataException {@code DAMAGED} if something is missing
   */
  static Optional<Confirmed.Mark> before(Path folder) throws IOException, DataException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    Path current = folder.resolve(CURRENT);
    if (!Files.exists(current)) {
      refuseRemains(folder);
      return Optional.empty();
    }
    Optional<Confirmed.Mark> mark = Confirmed.read(folder);
    if (mark.isPresent() && Files.size(current) <= Limits.MARK_FILE_BYTES) {
      Path list = folder.resolve("%s%06d".formatted(MANIFEST, mark.get().manifest()));
      boolean named =
          Files.readString(current, StandardCharsets.ISO_8859_1)
              .strip()
              .equals(list.getFileName().toString());
      if (named && Files.exists(list) && Files.size(list) < mark.get().manifestBytes()) {
        throw damaged(
            "the store in "
                + folder
                + " does not open: its file "
                + list.getFileName()
                + " has "
                + Files.size(list)
                + " bytes and had "
                + mark.get().manifestBytes());
      }
    }
    return mark;
  }

  private static void refuseRemains(Path folder) throws IOException, DataException {
    try (Stream<Path> files = Files.list(folder)) {
      if (files.anyMatch(file -> isContent(file.getFileName().toString()))) {
        throw damaged("the store in " + folder + " does not open: its file CURRENT is missing");
      }
    }
  }

  private static boolean isContent(String name) {
    return name.endsWith(".sst") || name.endsWith(".log") || name.equals(Confirmed.NAME);
  }

  private static DataException damaged(String message) {
    return new DataException(
        DataException.Kind.DAMAGED,
        message,
        "Restore the folder from a copy, or start anew with another --data folder.");
  }

  /**
   * Compares what RocksDB opened with what was confirmed, and confirms from now on.
   *
   * @throws DataException {@code DAMAGED} if writes are missing
   */
  static Completeness after(Path folder, RocksDB database, Optional<Confirmed.Mark> mark)
      throws IOException, DataException {
    long writes = database.getLatestSequenceNumber();
    long wanted = mark.map(Confirmed.Mark::writes).orElse(0L);
    if (wanted > writes) {
      throw new DataException(
          DataException.Kind.DAMAGED,
          "the store in %s lacks the last %d of the %d writes that it confirmed"
              .formatted(folder, wanted - writes, wanted),
          "Restore the folder from a copy; or remove "
              + Confirmed.file(folder)
              + " to go on without them as a new device: what other peers have comes back.");
    }
    return new Completeness(database, Confirmed.open(folder));
  }

  /** Confirms all that is written so far, and is on disk. */
  void confirm() throws IOException, RocksDBException {
    long now = database.getLongProperty(TABLES);
    if (now != tables) {
      RocksDB.LiveFiles files = database.getLiveFiles(false);
      manifest = manifestOf(files);
      manifestBytes = files.manifestFileSize;
      tables = now;
    }
    confirmed.write(
        new Confirmed.Mark(database.getLatestSequenceNumber(), manifest, manifestBytes));
  }

  private static long manifestOf(RocksDB.LiveFiles files) {
    for (String file : files.files) {
      int at = file.indexOf(MANIFEST);
      if (at >= 0) {
        return Long.parseLong(file.substring(at + MANIFEST.length()));
      }
    }
    return 0;
  }

  @Override
  public void close() {
    confirmed.close();
  }
}
