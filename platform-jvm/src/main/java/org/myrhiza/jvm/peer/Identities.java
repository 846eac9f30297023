// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.myrhiza.identity.Secret;
import org.myrhiza.jvm.keys.InstallationKeys;
import org.myrhiza.jvm.keys.KeyFile;
import org.myrhiza.jvm.store.DataException;
import org.myrhiza.jvm.store.DataFolder;

/** The identity of a data folder, for tools that sign without running a peer. */
public final class Identities {
  private static final String KEYS = "keys";

  private Identities() {}

  /**
   * Reads the keys of a data folder, which a running peer may own meanwhile; makes folder and keys
   * when there are none.
   *
   * @throws DataException if the folder or the key file cannot be used
   */
  public static InstallationKeys openOrCreate(Path dataFolder, Optional<Secret> passphrase)
      throws DataException {
    Path file = dataFolder.resolve(KEYS);
    if (Files.exists(file)) {
      return KeyFile.openOrCreate(file, passphrase, DeviceName.ofThisMachine());
    }
    DataFolder.checkComplete(dataFolder);
    try (DataFolder folder = DataFolder.own(dataFolder)) {
      return KeyFile.openOrCreate(folder.keys(), passphrase, DeviceName.ofThisMachine());
    }
  }
}
