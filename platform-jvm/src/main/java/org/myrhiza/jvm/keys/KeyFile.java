// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.frame.Aead;
import org.myrhiza.hash.Blake3;
import org.myrhiza.identity.Secret;
import org.myrhiza.jvm.store.DataException;
import org.myrhiza.jvm.store.DurableFile;

/**
 * The file that holds an installation's private keys; only its owner may read it.
 *
 * <p>Bytes: the text {@code myrhiza keys}, u16 format, flag sealed, then either the keys (three
 * seeds of 32 bytes: long-term, instance, transport; the device's name) or, when a passphrase is
 * set, a 16-byte salt, a 12-byte nonce and the same keys under ChaCha20-Poly1305 with a key that
 * Argon2id (RFC 9106, 64 MiB, 3 passes, 1 lane) makes from passphrase and salt. Last come the 32
 * bytes of the BLAKE3 hash of everything before them: they tell damage from a wrong passphrase.
 */
public final class KeyFile {
  /** The newest format that this version reads and the one it writes. */
  public static final int FORMAT = 1;

  private static final Bytes MAGIC = org.myrhiza.bytes.Utf8.encode("myrhiza keys");
  private static final int FORMAT_BYTES = 2;
  private static final int SEED_BYTES = 32;
  private static final int HASH_BYTES = 32;
  private static final int NAME_BYTES = 64;
  private static final int SALT_BYTES = 16;
  private static final int ARGON_MEMORY_KIB = 64 * 1024;
  private static final int ARGON_PASSES = 3;
  private static final int FILE_BYTES = 4096;

  private KeyFile() {}

  /**
   * Reads the keys, or makes and stores them when there is no file yet.
   *
   * @param passphrase seals the file when it is made, opens it when it is sealed
   * @param deviceName the name written into certificates, at most 64 bytes
   * @throws DataException {@code NEWER_FORMAT}, {@code DAMAGED}, {@code LOCKED} or {@code DENIED}
   */
  public static InstallationKeys openOrCreate(
      Path file, Optional<Secret> passphrase, String deviceName) throws DataException {
    if (Files.exists(file)) {
      return read(file, passphrase);
    }
    SecureRandom random = new SecureRandom();
    InstallationKeys keys =
        new InstallationKeys(seed(random), seed(random), seed(random), deviceName, true);
    write(file, encode(keys, passphrase, random));
    return keys;
  }

  /**
   * Puts a new instance key in the place of the old one. The file stays sealed if it is.
   *
   * @param passphrase the one that opened it
   * @param old the keys that it holds
   * @return the keys that it holds now, once they are on disk
   * @throws DataException {@code DENIED} or {@code DAMAGED}; then the file is as it was
   */
  public static InstallationKeys renewInstance(
      Path file, Optional<Secret> passphrase, InstallationKeys old) throws DataException {
    SecureRandom random = new SecureRandom();
    InstallationKeys renewed =
        new InstallationKeys(
            old.longTerm(), seed(random), old.transport(), old.deviceName(), old.created());
    Bytes all = readBytes(file);
    int sealed = MAGIC.size() + FORMAT_BYTES;
    boolean isSealed = all.size() > sealed && all.at(sealed) == 1;
    write(file, encode(renewed, isSealed ? passphrase : Optional.empty(), random));
    return renewed;
  }

  private static Secret seed(SecureRandom random) {
    byte[] seed = new byte[SEED_BYTES];
    random.nextBytes(seed);
    return Secret.adopt(seed);
  }

  private static Bytes encode(
      InstallationKeys keys, Optional<Secret> passphrase, SecureRandom random) {
    Bytes plain =
        CanonicalWriter.write(w -> {
          for (Secret seed : new Secret[] {keys.longTerm(), keys.instance(), keys.transport()}) {
            seed.use(bytes -> w.fixed(Bytes.copyOf(bytes)));
          }
          w.text(keys.deviceName(), NAME_BYTES);
        });
    Bytes body =
        CanonicalWriter.write(w -> {
          w.fixed(MAGIC);
          w.u16(FORMAT);
          w.flag(passphrase.isPresent());
          w.fixed(passphrase.map(p -> sealed(p, plain, random)).orElse(plain));
        });
    return Bytes.concat(body, Blake3.hash(body));
  }

  private static Bytes sealed(Secret passphrase, Bytes plain, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    byte[] nonce = new byte[Aead.NONCE_BYTES];
    random.nextBytes(salt);
    random.nextBytes(nonce);
    Bytes key = stretch(passphrase, Bytes.adopt(salt));
    Bytes box = new AeadJvm().seal(key, Bytes.adopt(nonce), MAGIC, plain);
    return Bytes.concat(Bytes.copyOf(salt), Bytes.copyOf(nonce), box);
  }

  private static Bytes stretch(Secret passphrase, Bytes salt) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(ARGON_MEMORY_KIB)
            .withIterations(ARGON_PASSES)
            .withParallelism(1)
            .withSalt(salt.toArray())
            .build());
    byte[] key = new byte[Aead.KEY_BYTES];
    passphrase.use(bytes -> {
      generator.generateBytes(bytes, key);
      return key;
    });
    return Bytes.adopt(key);
  }

  private static InstallationKeys read(Path file, Optional<Secret> passphrase)
      throws DataException {
    Bytes all = readBytes(file);
    int bodyBytes = all.size() - HASH_BYTES;
    if (bodyBytes < MAGIC.size() + FORMAT_BYTES || !all.startsWith(MAGIC)) {
      throw damaged(file, "it is not a key file of ours");
    }
    int format = all.at(MAGIC.size()) << 8 | all.at(MAGIC.size() + 1);
    if (format > FORMAT) {
      throw new DataException(
          DataException.Kind.NEWER_FORMAT,
          "the key file " + file + " has format " + format + ", this version reads " + FORMAT,
          "Use the newer version of Myrhiza that wrote it.");
    }
    Bytes body = all.slice(0, bodyBytes);
    if (!Blake3.hash(body).equals(all.slice(bodyBytes, all.size()))) {
      throw damaged(file, "its checksum does not match");
    }
    Bytes rest = body.slice(MAGIC.size() + FORMAT_BYTES, bodyBytes);
    Bytes plain =
        switch (rest.isEmpty() ? -1 : rest.at(0)) {
          case 0 -> rest.slice(1, rest.size());
          case 1 -> opened(file, rest.slice(1, rest.size()), passphrase);
          default -> throw damaged(file, "its sealed flag is neither 0 nor 1");
        };
    return switch (CanonicalReader.decode(plain, KeyFile::keys)) {
      case Decoded.Ok<InstallationKeys>(InstallationKeys keys) -> keys;
      case Decoded.Bad<InstallationKeys> bad -> throw damaged(file, bad.malformed().message());
    };
  }

  private static InstallationKeys keys(CanonicalReader r) {
    return new InstallationKeys(
        Secret.adopt(r.fixed(SEED_BYTES).toArray()),
        Secret.adopt(r.fixed(SEED_BYTES).toArray()),
        Secret.adopt(r.fixed(SEED_BYTES).toArray()),
        r.text(NAME_BYTES),
        false);
  }

  private static Bytes opened(Path file, Bytes box, Optional<Secret> passphrase)
      throws DataException {
    int head = SALT_BYTES + Aead.NONCE_BYTES;
    if (box.size() < head + Aead.TAG_BYTES) {
      throw damaged(file, "its sealed part has " + box.size() + " bytes");
    }
    Optional<Bytes> plain =
        passphrase.flatMap(p ->
            new AeadJvm()
                .open(
                    stretch(p, box.slice(0, SALT_BYTES)),
                    box.slice(SALT_BYTES, head),
                    MAGIC,
                    box.slice(head, box.size())));
    return plain.orElseThrow(() ->
        new DataException(
            DataException.Kind.LOCKED,
            "the key file "
                + file
                + (passphrase.isPresent()
                    ? " does not open with this passphrase"
                    : " is sealed with a passphrase, and none was given"),
            "Set MYRHIZA_PASSPHRASE to the passphrase it was made with."));
  }

  private static Bytes readBytes(Path file) throws DataException {
    try {
      if (Files.size(file) > FILE_BYTES) {
        throw damaged(file, "it has " + Files.size(file) + " bytes, at most " + FILE_BYTES);
      }
      return Bytes.adopt(Files.readAllBytes(file));
    } catch (IOException failed) {
      throw denied(file, failed);
    }
  }

  private static void write(Path file, Bytes bytes) throws DataException {
    try {
      DurableFile.write(file, bytes);
    } catch (IOException failed) {
      throw denied(file, failed);
    }
  }

  private static DataException damaged(Path file, String why) {
    return new DataException(
        DataException.Kind.DAMAGED,
        "the key file " + file + " is damaged: " + why,
        "Restore it from a copy, or start anew with another --data folder.");
  }

  private static DataException denied(Path file, IOException failed) {
    return new DataException(
        DataException.Kind.DENIED,
        "the key file " + file + " cannot be used: " + failed,
        "Check the folder's permissions and free space.",
        failed);
  }
}
