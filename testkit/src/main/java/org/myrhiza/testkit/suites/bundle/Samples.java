// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.bundle;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.myrhiza.bundle.BuiltBundle;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.bundle.BundleBuilder;
import org.myrhiza.bundle.BundleDraft;
import org.myrhiza.bundle.DraftPart;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.capability.Profile;
import org.myrhiza.hash.Blake3;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignatureVerifier;

/**
 * Small drafts, and a stand-in for Ed25519 that is good enough to tell a right signature from any
 * other: what these suites test is which bytes are signed, not the curve.
 */
final class Samples {
  /** The public key of RFC 8032, section 7.1, test 1; its seed signed the golden bundle. */
  static final PublicKey AUTHOR =
      new PublicKey(Bytes.hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));

  static final SignatureVerifier VERIFIER =
      (key, message, signature) -> sign(key, message).equals(signature);

  private Samples() {}

  static Signature sign(PublicKey key, Bytes message) {
    return new Signature(Blake3.keyed(key.bytes()).update(message).finish(64));
  }

  static DraftPart part(String path, Profile profile, String... imports) {
    Bytes content = Utf8.encode("not a component, but " + path);
    return new DraftPart(path, Optional.of(profile), List.of(imports), content);
  }

  static List<DraftPart> parts() {
    List<DraftPart> parts = new ArrayList<>();
    parts.add(part("propose.wasm", Profile.STATE_PROPOSE));
    parts.add(part("apply.wasm", Profile.STATE_APPLY, "state-write", "state-read"));
    parts.add(part("interaction.wasm", Profile.INTERACTION, "state-read", "self", "topic"));
    parts.add(new DraftPart("assets/empty.txt", Optional.empty(), List.of(), Bytes.EMPTY));
    return parts;
  }

  static BundleDraft draft(List<DraftPart> parts) {
    List<BundleDraft.Tag> tags =
        List.of(new BundleDraft.Tag(7, "second"), new BundleDraft.Tag(1, "first"));
    return new BundleDraft("sample", "1.0.0-rc.1", OptionalLong.empty(), tags, parts);
  }

  static BundleDraft draft() {
    return draft(parts());
  }

  static BuiltBundle.Unsigned unsigned(BundleDraft draft) {
    return assertInstanceOf(
        BuiltBundle.Unsigned.class, BundleBuilder.build(draft, AUTHOR), "a good draft");
  }

  static Bundle bundle() {
    BuiltBundle.Unsigned unsigned = unsigned(draft());
    return unsigned.signed(sign(AUTHOR, unsigned.messageToSign()));
  }
}
