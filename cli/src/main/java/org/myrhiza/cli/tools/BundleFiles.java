// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.tools;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.myrhiza.bundle.BuiltBundle;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.bundle.BundleBuilder;
import org.myrhiza.bundle.BundleDraft;
import org.myrhiza.bundle.BundleVerdict;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.identity.Secret;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.jvm.keys.Ed25519Jvm;
import org.myrhiza.jvm.keys.InstallationKeys;
import org.myrhiza.jvm.keys.SigningKey;
import org.myrhiza.jvm.peer.Identities;
import org.myrhiza.jvm.store.DataException;
import org.myrhiza.jvm.store.DataFolder;

/** Bundle files on disk: built from a folder, read with every byte checked. */
public final class BundleFiles {
  private BundleFiles() {}

  /**
   * Builds a bundle from a folder and signs it with the data folder's long-term key.
   *
   * @param folder holds {@code manifest.toml} and the files that it names
   * @throws Failure if the manifest or a file is refused, or the key cannot be used
   */
  public static Bundle build(Path folder, Path dataFolder, Optional<Secret> passphrase)
      throws Failure {
    BundleDraft draft = ManifestToml.read(folder);
    SigningKey author = SigningKey.of(keys(dataFolder, passphrase).longTerm());
    return switch (BundleBuilder.build(draft, author.key())) {
      case BuiltBundle.Unsigned unsigned -> unsigned.signed(author.sign(unsigned.messageToSign()));
      case BuiltBundle.Refused refused ->
          throw new Failure(
              ExitCode.FAILED,
              "refused",
              refused.message(),
              "Correct the manifest or the component, then build again.",
              folder.resolve(ManifestToml.NAME).toString());
    };
  }

  private static InstallationKeys keys(Path dataFolder, Optional<Secret> passphrase)
      throws Failure {
    try {
      return Identities.openOrCreate(dataFolder, passphrase);
    } catch (DataException failed) {
      throw Failure.of(failed);
    }
  }

  /**
   * Reads a bundle file's bytes.
   *
   * @throws Failure if the file is missing or larger than a bundle may be
   */
  public static Bytes read(Path file) throws Failure {
    try {
      long size = Files.size(file);
      if (size > org.myrhiza.bundle.Limits.BUNDLE_BYTES) {
        throw new Failure(
            ExitCode.FAILED,
            "too-large",
            file
                + " has "
                + size
                + " bytes, a bundle at most "
                + org.myrhiza.bundle.Limits.BUNDLE_BYTES,
            "Is it a bundle file?",
            file.toString());
      }
      return Bytes.adopt(Files.readAllBytes(file));
    } catch (IOException failed) {
      throw unusable(file, failed);
    }
  }

  /**
   * Reads a bundle file and checks it whole.
   *
   * @throws Failure if it cannot be read or is refused
   */
  public static Bundle open(Path file) throws Failure {
    SignatureVerifier verifier = SignatureVerifier.screened(new Ed25519Jvm());
    return switch (Bundle.open(read(file), verifier)) {
      case BundleVerdict.Opened(Bundle bundle) -> bundle;
      case BundleVerdict.Refused refused ->
          throw new Failure(
              ExitCode.DAMAGED,
              "bundle",
              refused.message(),
              "Fetch or build the file again.",
              file.toString());
    };
  }

  /**
   * Writes a bundle file; a file of the same name is replaced only once the new one is whole.
   *
   * @throws Failure if the system refuses
   */
  public static void write(Path file, Bundle bundle) throws Failure {
    Path target = file.toAbsolutePath();
    if (Files.isDirectory(target)) {
      throw unusable(file, "it is a folder");
    }
    if (!Files.isDirectory(target.resolveSibling(""))) {
      throw unusable(file, "its folder does not exist");
    }
    Path fresh = target.resolveSibling(target.getFileName() + ".new");
    try {
      Files.write(fresh, bundle.encode().toArray());
      try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw unusable(file, failed);
    }
  }

  static Failure unusable(Path file, IOException failed) {
    return unusable(file, DataFolder.reason(failed));
  }

  private static Failure unusable(Path file, String reason) {
    return new Failure(
        ExitCode.FAILED,
        "file",
        file + " cannot be used: " + reason,
        "Check the path and its permissions.",
        file.toString());
  }
}
