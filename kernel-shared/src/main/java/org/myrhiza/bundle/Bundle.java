// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bundle;

import java.util.List;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.capability.Profile;
import org.myrhiza.event.BundleId;
import org.myrhiza.hash.Blake3;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignatureVerifier;

/**
 * A signed manifest with its parts. The parts' bytes are those that the manifest lists; whether the
 * signature is good is known only of a bundle that came out of {@link #open}.
 *
 * @param manifest what the author signed
 * @param signature the author's signature over the id's 32 bytes
 * @param contents the parts' bytes, in the manifest's order
 */
public record Bundle(Manifest manifest, Signature signature, List<Bytes> contents) {
  /** The version of the file format that this code writes and reads. */
  static final int FORMAT = 0;

  /** Checks each part against size and hash. */
  public Bundle {
    contents = List.copyOf(contents);
    if (contents.size() != manifest.parts().size()) {
      throw new IllegalArgumentException(contents.size() + " contents");
    }
    for (int i = 0; i < contents.size(); i++) {
      if (!isPart(manifest.parts().get(i), contents.get(i))) {
        throw new IllegalArgumentException(manifest.parts().get(i).path() + ": other bytes");
      }
    }
  }

  static boolean isPart(Part part, Bytes content) {
    return content.size() == part.size() && Blake3.hash(content).equals(part.hash());
  }

  /**
   * Reads a file and checks every byte of it: format, manifest, sizes, the author's signature, the
   * hash of each part, and that no declared import is one that its profile does not get. Never
   * throws for what the bytes say.
   */
  public static BundleVerdict open(Bytes file, SignatureVerifier verifier) {
    return BundleReader.open(file, verifier);
  }

  /** Returns the bundle's id. */
  public BundleId id() {
    return manifest.id();
  }

  /** Returns the bytes of the one component of the profile. */
  public Optional<Bytes> component(Profile profile) {
    return manifest.component(profile).map(part -> contents.get(manifest.parts().indexOf(part)));
  }

  /** Returns the bytes of the part of that path. */
  public Optional<Bytes> part(String path) {
    return manifest.part(path).map(part -> contents.get(manifest.parts().indexOf(part)));
  }

  /** Returns the file, at most 16 MiB. */
  public Bytes encode() {
    return CanonicalWriter.write(writer -> {
      writer.u8(FORMAT).bytes(manifest.encode(), Limits.MANIFEST_BYTES);
      Signature.CODEC.write(writer, signature);
      contents.forEach(writer::fixed);
    });
  }
}
