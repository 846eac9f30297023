// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/**
 * Loads RocksDB's native library out of its jar. RocksDB itself would leave the unpacked file, many
 * megabytes, to be removed at the end of the process, which a process that is stopped or killed
 * never does. Here it is removed as soon as it is loaded.
 */
final class RocksLibrary {
  private RocksLibrary() {}

  /**
   * Loads it, once in a process.
   *
   * @throws UncheckedIOException if the file cannot be unpacked
   */
  static void load() {
    try {
      Path folder = Files.createTempDirectory("myrhiza-rocksdb-");
      NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
      remove(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException("RocksDB's native library cannot be unpacked", failed);
    }
    RocksDB.loadLibrary();
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : Stream.concat(files, Stream.of(folder)).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException inUse) {
      // Windows keeps a loaded file; RocksDB removes it at the end of the process.
      assert inUse != null;
    }
  }
}
