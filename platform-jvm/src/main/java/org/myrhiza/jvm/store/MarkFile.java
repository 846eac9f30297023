// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.kernel.Settings;

/**
 * The file that tells whether the store beside it is the one that was used last, and in this place.
 *
 * <p>Bytes: the text {@code myrhiza mark}, u16 format, the mark, flag clean, and the identity that
 * the file system gives to the folder's lock file: its number and when it was made. Moving a folder
 * within a file system changes neither, copying it changes both. Where a file system knows neither,
 * copies are noticed through peers only. A file that is missing, damaged or from elsewhere is like
 * none: the worst that comes of it is a new instance key.
 */
public final class MarkFile {
  private static final Bytes MAGIC = Utf8.encode("myrhiza mark");
  private static final int FORMAT = 1;
  private static final int TEXT_BYTES = 1_024;

  private final Path file;
  private final Place place;
  private Bytes kept = Bytes.EMPTY;

  private MarkFile(Path file, Place place) {
    this.file = file;
    this.place = place;
  }

  private record Place(String number, String made) {
    boolean isOther(Place before) {
      return !number.equals(before.number) && !made.equals(before.made);
    }
  }

  private record Content(Bytes mark, boolean clean, Place place) {}

  /** Returns the mark file of a folder that this process owns. */
  public static MarkFile of(DataFolder folder) throws DataException {
    try {
      BasicFileAttributes lock = Files.readAttributes(folder.lockFile(), BasicFileAttributes.class);
      String number = String.valueOf(lock.fileKey());
      Place place = new Place(number, lock.creationTime().toString());
      return new MarkFile(folder.mark(), place);
    } catch (IOException failed) {
      throw denied(folder.path(), failed);
    }
  }

  /** Returns what was kept of the last run in this place. */
  public Settings.Past read() throws DataException {
    Settings.Past none = new Settings.Past(Bytes.EMPTY, false);
    if (!Files.exists(file)) {
      return none;
    }
    try {
      if (Files.size(file) > Limits.MARK_FILE_BYTES) {
        return none;
      }
      Bytes bytes = Bytes.adopt(Files.readAllBytes(file));
      return switch (CanonicalReader.decode(bytes, MarkFile::content)) {
        case Decoded.Bad<Content> bad -> none;
        case Decoded.Ok<Content>(Content content) when place.isOther(content.place) -> none;
        case Decoded.Ok<Content>(Content content) -> new Settings.Past(content.mark, content.clean);
      };
    } catch (IOException failed) {
      throw denied(file, failed);
    }
  }

  private static Content content(CanonicalReader r) {
    if (!r.fixed(MAGIC.size()).equals(MAGIC)) {
      throw r.fail("mark file", "another file", "one of ours");
    }
    int format = r.u16();
    if (format != FORMAT) {
      throw r.fail("format of a mark file", Integer.toString(format), Integer.toString(FORMAT));
    }
    Bytes mark = r.bytes(org.myrhiza.kernel.Limits.MARK_BYTES);
    boolean clean = r.flag();
    return new Content(mark, clean, new Place(r.text(TEXT_BYTES), r.text(TEXT_BYTES)));
  }

  /** Forgets what was kept: the store cannot tell whether it is the one that was used last. */
  public void forget() throws DataException {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failed) {
      throw denied(file, failed);
    }
  }

  /** Keeps a mark; the run that it belongs to has not ended. */
  public void keep(Bytes mark) throws DataException {
    write(mark, false);
    kept = mark;
  }

  /** Keeps that this run ended in order, if it kept a mark. */
  public void ended() throws DataException {
    if (!kept.isEmpty()) {
      write(kept, true);
    }
  }

  private void write(Bytes mark, boolean clean) throws DataException {
    Bytes bytes =
        CanonicalWriter.write(w -> {
          w.fixed(MAGIC);
          w.u16(FORMAT);
          w.bytes(mark, org.myrhiza.kernel.Limits.MARK_BYTES);
          w.flag(clean);
          w.text(place.number, TEXT_BYTES);
          w.text(place.made, TEXT_BYTES);
        });
    try {
      DurableFile.write(file, bytes);
    } catch (IOException failed) {
      throw denied(file, failed);
    }
  }

  private static DataException denied(Path file, IOException failed) {
    return new DataException(
        DataException.Kind.DENIED,
        "the mark file " + file + " cannot be used: " + DataFolder.reason(failed),
        "Check the folder's permissions and free space.",
        failed);
  }
}
