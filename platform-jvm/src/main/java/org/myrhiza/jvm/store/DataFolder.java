// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A peer's data folder, owned by one process at a time: mode 0700, locked for as long as this
 * object is open. It holds the key file, the store and the control socket.
 */
public final class DataFolder implements AutoCloseable {
  private static final String VARIABLE = "MYRHIZA_DATA";
  private static final String NAME = "myrhiza";
  private static final String LOCK_FILE = "owner.lock";
  private static final String KEYS = "keys";
  private static final String STORE = "store";
  private static final String MARK = "mark";

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataFolder(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Returns the folder to use: the given one, else {@code $MYRHIZA_DATA}, else the platform's user
   * data folder.
   *
   * @param environment the process's environment variables
   * @param system the name of the operating system, as {@code os.name} has it
   * @param home the user's home folder
   */
  public static Path choose(
      Optional<Path> given, Map<String, String> environment, String system, Path home) {
    if (given.isPresent()) {
      return given.get().toAbsolutePath().normalize();
    }
    Optional<String> named = variable(environment, VARIABLE);
    if (named.isPresent()) {
      return Path.of(named.get()).toAbsolutePath().normalize();
    }
    String lower = system.toLowerCase(Locale.ROOT);
    if (lower.contains("mac")) {
      return home.resolve("Library").resolve("Application Support").resolve("Myrhiza");
    }
    if (lower.contains("windows")) {
      return variable(environment, "APPDATA").map(Path::of).orElse(home).resolve("Myrhiza");
    }
    return variable(environment, "XDG_DATA_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElse(home.resolve(".local").resolve("share"))
        .resolve(NAME);
  }

  /** Returns the folder to use in this process. */
  public static Path choose(Optional<Path> given) {
    return choose(
        given,
        System.getenv(),
        System.getProperty("os.name", ""),
        Path.of(System.getProperty("user.home", ".")));
  }

  /**
   * Makes the folder when it is missing, tightens its mode, and takes it.
   *
   * @throws DataException {@code BUSY} if another process has it, {@code DENIED} if the system
   *     refuses
   */
  public static DataFolder own(Path path) throws DataException {
    try {
      Files.createDirectories(path);
      keepPrivate(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = lockOrNull(channel);
      if (lock == null) {
        channel.close();
        throw new DataException(
            DataException.Kind.BUSY,
            "the data folder " + path + " is in use by another process",
            "Stop that process, or use another folder with --data DIR.");
      }
      return new DataFolder(path, channel, lock);
    } catch (IOException failed) {
      throw new DataException(
          DataException.Kind.DENIED,
          "the data folder " + path + " cannot be used: " + reason(failed),
          "Check its permissions, or use another folder with --data DIR.",
          failed);
    }
  }

  /** Returns in words why the system refused a file; the JDK often gives the path alone. */
  public static String reason(IOException failed) {
    return switch (failed) {
      case NoSuchFileException missing -> "it does not exist";
      case AccessDeniedException denied -> "permission denied";
      case FileAlreadyExistsException taken -> "a file of that name is in the way";
      default -> String.valueOf(failed.getMessage());
    };
  }

  private static @org.jspecify.annotations.Nullable FileLock lockOrNull(FileChannel channel)
      throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException ours) {
      return null;
    }
  }

  private static void keepPrivate(Path path) throws IOException {
    if (Files.getFileAttributeView(path, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** Returns the folder. */
  public Path path() {
    return path;
  }

  /** Returns the folder of the store. */
  public Path store() {
    return path.resolve(STORE);
  }

  /**
   * Checks that keys and store are there together or not at all: each would be made anew, and what
   * the user had be gone without a word.
   *
   * @throws DataException {@code DAMAGED} if one of them is gone
   */
  public void checkComplete() throws DataException {
    checkComplete(path);
  }

  /** The same for a folder that another process may own. */
  public static void checkComplete(Path path) throws DataException {
    boolean used = Files.exists(path.resolve(STORE)) || Files.exists(path.resolve(MARK));
    if (used && !Files.exists(path.resolve(KEYS))) {
      throw gone(path.resolve(KEYS), "or start anew with another --data folder.");
    }
    if (Files.exists(path.resolve(MARK)) && !Files.exists(path.resolve(STORE))) {
      throw gone(
          path.resolve(STORE),
          "or remove " + path.resolve(MARK) + " to begin with an empty store.");
    }
  }

  private static DataException gone(Path file, String otherwise) {
    return new DataException(
        DataException.Kind.DAMAGED,
        "the data folder was used before, and " + file + " is gone",
        "Restore it from a copy, " + otherwise);
  }

  /** Returns the file that is locked while a process owns the folder. */
  Path lockFile() {
    return path.resolve(LOCK_FILE);
  }

  /** Returns the file of {@link MarkFile}. */
  Path mark() {
    return path.resolve(MARK);
  }

  /** Returns the key file. */
  public Path keys() {
    return path.resolve(KEYS);
  }

  @Override
  public void close() {
    try (channel) {
      lock.release();
    } catch (IOException gone) {
      // The lock ends with the process at the latest; there is nothing a caller could do.
      assert gone != null;
    }
  }
}
