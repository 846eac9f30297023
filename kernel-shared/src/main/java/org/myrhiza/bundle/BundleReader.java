// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bundle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bundle.BundleVerdict.Opened;
import org.myrhiza.bundle.BundleVerdict.Reason;
import org.myrhiza.bundle.BundleVerdict.Refused;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Malformed;
import org.myrhiza.capability.ImportCheck;
import org.myrhiza.capability.ImportVerdict;
import org.myrhiza.hash.Blake3;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignatureVerifier;

/** Opens a bundle's file: cheap checks first, so that a stranger's file costs little. */
final class BundleReader {
  private static final String KNOWN_FORMAT = "format 0; a newer Myrhiza may know more";

  /** The file's beginning, and where the parts start. */
  private record Head(Bytes manifest, Signature signature, int end) {}

  private BundleReader() {}

  static BundleVerdict open(Bytes file, SignatureVerifier verifier) {
    if (file.size() > Limits.BUNDLE_BYTES) {
      String most = Limits.BUNDLE_BYTES + " bytes";
      return new Refused(Reason.TOO_LARGE, "size of the file", file.size() + " bytes", most);
    }
    Refused version = version("format of the file", file, Bundle.FORMAT);
    if (version != null) {
      return version;
    }
    return switch (CanonicalReader.decode(file, BundleReader::head)) {
      case Decoded.Bad<Head>(Malformed malformed) -> malformed(malformed);
      case Decoded.Ok<Head>(Head head) -> openManifest(file, head, verifier);
    };
  }

  private static Head head(CanonicalReader reader) {
    reader.version(Bundle.FORMAT);
    Bytes manifest = reader.at("size of the manifest").bytes(Limits.MANIFEST_BYTES);
    Signature signature = Signature.CODEC.read(reader.at("signature"));
    int end = reader.offset();
    reader.rest(Limits.BUNDLE_BYTES);
    return new Head(manifest, signature, end);
  }

  private static BundleVerdict openManifest(Bytes file, Head head, SignatureVerifier verifier) {
    Refused version = version("format of the manifest", head.manifest, Manifest.FORMAT);
    if (version != null) {
      return version;
    }
    return switch (Manifest.CODEC.decode(head.manifest)) {
      case Decoded.Bad<Manifest>(Malformed malformed) -> malformed(malformed);
      case Decoded.Ok<Manifest>(Manifest manifest) -> openParts(file, head, manifest, verifier);
    };
  }

  private static BundleVerdict openParts(
      Bytes file, Head head, Manifest manifest, SignatureVerifier verifier) {
    Refused refused = sizes(file.size() - head.end, manifest);
    if (refused == null
        && !verifier.verify(manifest.author(), manifest.id().bytes(), head.signature)) {
      String author = "the signature of " + manifest.author().userText();
      refused = new Refused(Reason.BAD_SIGNATURE, "signature", "another one", author);
    }
    if (refused == null) {
      refused = imports(manifest);
    }
    List<Bytes> contents = new ArrayList<>();
    int at = head.end;
    for (Part part : refused == null ? manifest.parts() : List.<Part>of()) {
      Bytes content = file.slice(at, at + part.size());
      at += part.size();
      if (!Bundle.isPart(part, content)) {
        String seen = "bytes with hash " + Blake3.hash(content).toHex();
        String allowed = "hash " + part.hash().toHex();
        return new Refused(Reason.PART_MISMATCH, "part " + part.path(), seen, allowed);
      }
      contents.add(content);
    }
    return refused != null ? refused : new Opened(new Bundle(manifest, head.signature, contents));
  }

  private static @Nullable Refused version(String what, Bytes bytes, int known) {
    if (bytes.isEmpty()) {
      return new Refused(Reason.TRUNCATED, what, "nothing", KNOWN_FORMAT);
    }
    String seen = "format " + bytes.at(0);
    return bytes.at(0) == known ? null : new Refused(Reason.VERSION, what, seen, KNOWN_FORMAT);
  }

  private static @Nullable Refused sizes(int seen, Manifest manifest) {
    int listed = 0;
    for (Part part : manifest.parts()) {
      listed += part.size();
    }
    if (seen == listed) {
      return null;
    }
    Reason reason = seen < listed ? Reason.TRUNCATED : Reason.TRAILING;
    return new Refused(reason, "size of all parts", seen + " bytes", listed + ", as listed");
  }

  private static @Nullable Refused imports(Manifest manifest) {
    for (Part part : manifest.parts()) {
      if (part.profile().isPresent()
          && ImportCheck.declared(part.path(), part.profile().get(), part.imports())
              instanceof ImportVerdict.Unlinkable unlinkable) {
        return new Refused(
            Reason.UNLINKABLE, "imports", unlinkable.message(), "see docs/spec/capabilities.md");
      }
    }
    return null;
  }

  private static Refused malformed(Malformed malformed) {
    String what = malformed.what() + " at byte " + malformed.offset();
    return new Refused(Reason.MALFORMED, what, malformed.seen(), malformed.allowed());
  }
}
