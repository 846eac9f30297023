// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.keys;

import java.nio.file.Path;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Secret;
import org.myrhiza.identity.Signature;
import org.myrhiza.jvm.store.DataException;
import org.myrhiza.kernel.KeyRole;

/**
 * The keys of a running peer, which no private part ever leaves: it signs, and makes a new instance
 * key when the kernel gives the old one up. May be used from any thread.
 */
public final class Keystore {
  private final Path file;
  private final Optional<Secret> passphrase;
  private final SigningKey longTerm;
  private volatile InstallationKeys keys;
  private volatile SigningKey instance;

  private Keystore(Path file, Optional<Secret> passphrase, InstallationKeys keys) {
    this.file = file;
    this.passphrase = passphrase;
    this.keys = keys;
    longTerm = SigningKey.of(keys.longTerm());
    instance = SigningKey.of(keys.instance());
  }

  /**
   * Reads the keys, or makes and stores them when there is no file yet.
   *
   * @param passphrase seals the file when it is made, opens it when it is sealed
   * @param deviceName the name written into certificates, at most 64 bytes
   * @throws DataException as {@link KeyFile#openOrCreate}
   */
  public static Keystore open(Path file, Optional<Secret> passphrase, String deviceName)
      throws DataException {
    return new Keystore(file, passphrase, KeyFile.openOrCreate(file, passphrase, deviceName));
  }

  /** Returns the keys as they are now. */
  public InstallationKeys keys() {
    return keys;
  }

  /** Signs with one of them. */
  public Signature sign(KeyRole role, Bytes message) {
    return (role == KeyRole.LONG_TERM ? longTerm : instance).sign(message);
  }

  /**
   * Puts a new instance key in the place of the old one, which is forgotten.
   *
   * @return its public part, once it is on disk
   * @throws DataException if the file cannot be written; then the old key stays
   */
  public PublicKey newInstance() throws DataException {
    keys = KeyFile.renewInstance(file, passphrase, keys);
    instance = SigningKey.of(keys.instance());
    return instance.key();
  }
}
