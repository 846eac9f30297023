// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.bundle.BundleVerdict;
import org.myrhiza.bundle.BundleVerdict.Reason;
import org.myrhiza.bundle.Consent;
import org.myrhiza.bundle.Limits;
import org.myrhiza.bundle.Manifest;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.capability.Profile;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.testkit.HostileBytes;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.vectors.VectorFiles;

/** Bundles as files: golden bytes, and no byte that can be changed unseen. */
public final class BundleSuite {
  /** Makes the suite. */
  public BundleSuite() {}

  @Test
  @Proves({"BUNDLE-1", "BUNDLE-2", "BUNDLE-3"})
  void build_goldenDraft_givesTheGoldenBytes() {
    JsonValue golden = Json.parse(VectorFiles.spec("bundle.json"));
    Manifest manifest = Samples.unsigned(Samples.draft()).manifest();
    assertEquals(hex(golden, "author"), Samples.AUTHOR.bytes());
    assertEquals(hex(golden, "manifest"), Manifest.CODEC.encode(manifest));
    assertEquals(golden.at("id").text(), manifest.id().text());
    List<Bytes> contents = Samples.unsigned(Samples.draft()).contents();
    Bundle bundle = new Bundle(manifest, new Signature(hex(golden, "signature")), contents);
    assertEquals(hex(golden, "file"), bundle.encode());
    List<String> consent = new ArrayList<>();
    golden.at("consent").items().forEach(line -> consent.add(line.text()));
    assertEquals(consent, Consent.summary(manifest));
  }

  @Test
  void open_whatWasSigned_givesItBack() {
    Bundle bundle = Samples.bundle();
    BundleVerdict.Opened opened =
        assertInstanceOf(
            BundleVerdict.Opened.class, Bundle.open(bundle.encode(), Samples.VERIFIER));
    assertEquals(bundle, opened.bundle());
    assertEquals(
        Optional.of(Utf8.encode("not a component, but apply.wasm")),
        opened.bundle().component(Profile.STATE_APPLY));
    assertEquals(Optional.of(Bytes.EMPTY), opened.bundle().part("assets/empty.txt"));
    assertEquals(Optional.empty(), opened.bundle().part("assets"));
    assertEquals(
        List.of("self", "state-read", "state-write", "topic"), bundle.manifest().capabilities());
    assertEquals(Optional.of("second"), bundle.manifest().tagName(7));
    assertEquals(Optional.empty(), bundle.manifest().tagName(2));
  }

  @Test
  void open_oneFlippedBitAnywhere_isRefused() {
    byte[] file = Samples.bundle().encode().toArray();
    for (int at = 0; at < file.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        file[at] ^= (byte) (1 << bit);
        refused(Bytes.copyOf(file), "bit " + bit + " of byte " + at);
        file[at] ^= (byte) (1 << bit);
      }
    }
  }

  @Test
  void open_cutAnywhere_isRefused() {
    Bytes file = Samples.bundle().encode();
    int partsFrom = file.size() - partBytes(Samples.bundle().manifest());
    for (int size = 0; size < file.size(); size++) {
      Reason reason = refused(file.slice(0, size), "cut to " + size);
      if (size == 0 || size >= partsFrom) {
        assertEquals(Reason.TRUNCATED, reason, "cut to " + size);
      }
    }
  }

  @Test
  @Proves("BUNDLE-3")
  void open_eachKindOfDamage_isItsOwnRefusal() {
    Bundle bundle = Samples.bundle();
    Bytes file = bundle.encode();
    int head = file.size() - partBytes(bundle.manifest());
    assertEquals(Reason.VERSION, refused(flip(file, 0), "format of the file"));
    assertEquals(Reason.TRAILING, refused(Bytes.concat(file, Bytes.of(0)), "one byte more"));
    assertEquals(Reason.BAD_SIGNATURE, refused(flip(file, head - 1), "signature"));
    assertEquals(Reason.PART_MISMATCH, refused(flip(file, head), "first part"));
    assertEquals(Reason.PART_MISMATCH, refused(flip(file, file.size() - 1), "last part"));
    Bytes huge = Bytes.adopt(new byte[Limits.BUNDLE_BYTES + 1]);
    assertEquals(Reason.TOO_LARGE, refused(huge, "too many bytes"));
    Bytes bomb = Bytes.of(0, 0xff, 0xff, 0xff, 0xff, 0x07);
    assertEquals(Reason.MALFORMED, refused(bomb, "a manifest of 2^31 - 1 bytes"));
    Bytes newer = Bytes.concat(Bytes.of(0, 1, 1), file.slice(head - 64, head));
    assertEquals(Reason.VERSION, refused(newer, "format of the manifest"));
  }

  @Test
  @Proves("BUNDLE-2")
  void open_signedByAnother_isRefused() {
    Bundle bundle = Samples.bundle();
    PublicKey other = new PublicKey(Bytes.adopt(new byte[32]));
    Signature theirs = Samples.sign(other, bundle.id().bytes());
    Bundle forged = new Bundle(bundle.manifest(), theirs, bundle.contents());
    assertEquals(Reason.BAD_SIGNATURE, refused(forged.encode(), "forged"));
  }

  @Test
  void open_deniedImportSignedAllTheSame_isUnlinkable() {
    Manifest good = Samples.bundle().manifest();
    Manifest greedy = Greedy.withImport(good, "apply.wasm", "myrhiza:kernel/self@0.1.0");
    Signature signature = Samples.sign(Samples.AUTHOR, greedy.id().bytes());
    Bytes file = new Bundle(greedy, signature, Samples.bundle().contents()).encode();
    BundleVerdict.Refused refused =
        assertInstanceOf(BundleVerdict.Refused.class, Bundle.open(file, Samples.VERIFIER));
    assertEquals(Reason.UNLINKABLE, refused.reason());
    assertEquals(
        "component apply.wasm of profile state-apply imports self, which its profile denies;"
            + " do without it",
        refused.seen());
  }

  @Test
  @Proves("BUNDLE-1")
  void manifest_hostileBytes_areRefusedOrCanonical() {
    HostileBytes.attack(
        "manifest", Manifest.CODEC, Manifest.CODEC.encode(Samples.bundle().manifest()));
  }

  private static Reason refused(Bytes file, String what) {
    BundleVerdict.Refused refused =
        assertInstanceOf(BundleVerdict.Refused.class, Bundle.open(file, Samples.VERIFIER), what);
    assertFalse(refused.message().isEmpty());
    return refused.reason();
  }

  private static int partBytes(Manifest manifest) {
    return manifest.parts().stream().mapToInt(part -> part.size()).sum();
  }

  private static Bytes flip(Bytes file, int at) {
    byte[] flipped = file.toArray();
    flipped[at] ^= 1;
    return Bytes.adopt(flipped);
  }

  private static Bytes hex(JsonValue golden, String name) {
    return Bytes.adopt(golden.at(name).hex());
  }
}
