// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.hash.Blake3;

/**
 * The file beside a store's own that tells what was confirmed, so that a store that lost some of it
 * is noticed: RocksDB takes a log or a manifest that was cut, or a log that is gone, for one that
 * was never longer.
 *
 * <p>It is written after each batch and not synced, so it costs next to nothing: a process that is
 * killed loses nothing of it, and a power cut leaves an older one at worst, which claims less than
 * is there. The first one of a run is synced, so that there is one. What is not whole counts as
 * none.
 *
 * <p>Bytes: the text {@code myrhiza confirmed}, u64 number of writes, u64 number of the manifest,
 * u64 bytes of it that are on disk, and the BLAKE3 hash of all that.
 */
final class Confirmed implements AutoCloseable {
  /** Its name in a store's folder. */
  static final String NAME = "confirmed";

  private static final Bytes MAGIC = Utf8.encode("myrhiza confirmed");

  private final FileChannel channel;
  private boolean synced;

  private Confirmed(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * What was confirmed.
   *
   * @param writes how many writes
   * @param manifest the number of the manifest, RocksDB's list of its files
   * @param manifestBytes how long that was
   */
  record Mark(long writes, long manifest, long manifestBytes) {
    private void write(CanonicalWriter w) {
      w.fixed(MAGIC);
      w.u64(writes);
      w.u64(manifest);
      w.u64(manifestBytes);
    }

    private Bytes hash() {
      return Blake3.hash(CanonicalWriter.write(this::write));
    }

    private static Mark read(CanonicalReader r) {
      Bytes magic = r.fixed(MAGIC.size());
      Mark mark = new Mark(r.u64(), r.u64(), r.u64());
      Bytes hash = r.fixed(org.myrhiza.hash.Limits.HASH_BYTES);
      if (!magic.equals(MAGIC) || !hash.equals(mark.hash())) {
        throw r.fail("what was confirmed", "other bytes", "what was written");
      }
      return mark;
    }
  }

  /** Returns the file in a store's folder. */
  static Path file(Path store) {
    return store.resolve(NAME);
  }

  /** Reads what was confirmed of a store; nothing if there is none, or none that is whole. */
  static Optional<Mark> read(Path store) throws IOException {
    Path file = file(store);
    if (!Files.exists(file) || Files.size(file) > Limits.MARK_FILE_BYTES) {
      return Optional.empty();
    }
    Bytes bytes = Bytes.adopt(Files.readAllBytes(file));
    return CanonicalReader.decode(bytes, Mark::read) instanceof Decoded.Ok<Mark>(Mark mark)
        ? Optional.of(mark)
        : Optional.empty();
  }

  /** Opens the file of a store for writing, making it when it is missing. */
  static Confirmed open(Path store) throws IOException {
    return new Confirmed(
        FileChannel.open(file(store), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  /** Puts a mark in the place of the one before. */
  void write(Mark mark) throws IOException {
    Bytes hash = mark.hash();
    Bytes text =
        CanonicalWriter.write(w -> {
          mark.write(w);
          w.fixed(hash);
        });
    ByteBuffer bytes = ByteBuffer.wrap(text.toArray());
    while (bytes.hasRemaining()) {
      channel.write(bytes, bytes.position());
    }
    if (!synced) {
      channel.force(true);
      synced = true;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException gone) {
      // All of it was handed to the system with each write; nothing is left to lose.
      assert gone != null;
    }
  }
}
