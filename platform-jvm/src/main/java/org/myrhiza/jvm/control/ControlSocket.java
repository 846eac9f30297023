// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Blake3;

/** Where the control socket of a data folder is. */
final class ControlSocket {
  /** The longest path of a Unix domain socket that every system takes, in bytes. */
  private static final int PATH_BYTES = 100;

  private static final int NAME_DIGITS = 32;

  private ControlSocket() {}

  /**
   * Returns the socket's path: {@code control.sock} in the folder, or, where that is too long for a
   * socket, in a folder of the owner's under the system's temporary folder, named after the data
   * folder's path.
   */
  static Path path(Path dataFolder) {
    Path inside = dataFolder.resolve("control.sock");
    if (inside.toString().getBytes(StandardCharsets.UTF_8).length <= PATH_BYTES) {
      return inside;
    }
    byte[] name = dataFolder.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8);
    String hash = Blake3.hash(Bytes.adopt(name)).toHex().substring(0, NAME_DIGITS);
    return Path.of(System.getProperty("java.io.tmpdir"), "myrhiza-" + hash, "control.sock");
  }

  static UnixDomainSocketAddress address(Path dataFolder) {
    return UnixDomainSocketAddress.of(path(dataFolder));
  }

  /** Makes the socket's folder, owner only, and removes a socket that a dead owner left. */
  static void makeRoom(Path dataFolder) throws IOException {
    Path folder = Objects.requireNonNullElse(path(dataFolder).getParent(), dataFolder);
    if (!folder.equals(dataFolder) && !Files.isDirectory(folder)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    if (!Files.getOwner(folder).equals(Files.getOwner(dataFolder))) {
      throw new IOException(folder + " belongs to " + Files.getOwner(folder));
    }
    Files.deleteIfExists(path(dataFolder));
  }
}
