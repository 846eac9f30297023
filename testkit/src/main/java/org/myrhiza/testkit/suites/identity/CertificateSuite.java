// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.Certificate;
import org.myrhiza.identity.InstanceKind;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Secret;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.testkit.HostileBytes;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.vectors.VectorFiles;

/** Certificates, keys as text, and secrets. */
public final class CertificateSuite {
  /** Made once per test. */
  public CertificateSuite() {}

  private static JsonValue vectors() {
    return Json.parse(VectorFiles.spec("identity.json"));
  }

  private static Bytes bytes(JsonValue hex) {
    return SignatureVectors.bytes(hex);
  }

  private static Certificate build(JsonValue test, InstanceKind kind) {
    return new Certificate(
        new PublicKey(bytes(test.at("principal"))),
        bytes(test.at("scope")),
        new PublicKey(bytes(test.at("instance"))),
        kind,
        test.at("name").text(),
        new Signature(bytes(test.at("signature"))));
  }

  private static InstanceKind kind(int number) {
    return InstanceKind.CODEC.decode(Bytes.of(number)).orThrow();
  }

  @Test
  @Proves("IDENTITY-5")
  void golden_certificates_encodeDecodeAndSignAsWritten() {
    for (JsonValue test : vectors().at("certificates").items()) {
      Certificate built = build(test, kind((int) test.at("kind").number()));
      Bytes encoded = bytes(test.at("encoded"));
      assertEquals(encoded, Certificate.CODEC.encode(built));
      assertEquals(built, Certificate.CODEC.decode(encoded).orThrow());
      assertEquals(bytes(test.at("signed")), built.message());
      HostileBytes.attack("certificate", Certificate.CODEC, encoded);
    }
  }

  @Test
  @Proves("IDENTITY-5")
  void golden_certificates_areSignedByTheirPrincipal() {
    SignatureVerifier rule = SignatureVerifier.screened(TestStack.current().ed25519());
    for (JsonValue test : vectors().at("certificates").items()) {
      Certificate certificate = build(test, kind((int) test.at("kind").number()));
      assertTrue(rule.verify(certificate.claim()));
      Certificate elsewhere =
          new Certificate(
              certificate.principal(),
              certificate.message(),
              certificate.instance(),
              certificate.kind(),
              certificate.name(),
              certificate.signature());
      assertFalse(rule.verify(elsewhere.claim()));
    }
  }

  @Test
  @Proves("IDENTITY-5")
  void message_everyField_isPartOfIt() {
    PublicKey a = new PublicKey(Bytes.hex("01".repeat(32)));
    PublicKey b = new PublicKey(Bytes.hex("02".repeat(32)));
    PublicKey c = new PublicKey(Bytes.hex("03".repeat(32)));
    Bytes scope = Bytes.zeros(32);
    Bytes base = new Certificate.Unsigned(a, scope, b, InstanceKind.DEVICE, "n").message();
    assertNotEquals(
        base, new Certificate.Unsigned(c, scope, b, InstanceKind.DEVICE, "n").message());
    assertNotEquals(
        base, new Certificate.Unsigned(a, c.bytes(), b, InstanceKind.DEVICE, "n").message());
    assertNotEquals(
        base, new Certificate.Unsigned(a, scope, c, InstanceKind.DEVICE, "n").message());
    assertNotEquals(
        base, new Certificate.Unsigned(a, scope, b, InstanceKind.CUSTOM, "n").message());
    assertNotEquals(
        base, new Certificate.Unsigned(a, scope, b, InstanceKind.DEVICE, "m").message());
  }

  @Test
  @Proves("IDENTITY-5")
  void unsigned_selfCertificateOrLongName_isRefused() {
    PublicKey a = new PublicKey(Bytes.hex("01".repeat(32)));
    PublicKey b = new PublicKey(Bytes.hex("02".repeat(32)));
    Bytes scope = Bytes.zeros(32);
    assertThrows(
        IllegalArgumentException.class,
        () -> new Certificate.Unsigned(a, scope, a, InstanceKind.DEVICE, ""));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Certificate.Unsigned(a, scope, b, InstanceKind.DEVICE, "x".repeat(65)));
  }

  @Test
  void keyTexts_roundTripAndKeepTheirKindsApart() {
    PublicKey key = new PublicKey(Bytes.hex("07".repeat(32)));
    assertEquals(key, PublicKey.parseUser(key.userText()).orThrow());
    assertEquals(key, PublicKey.parsePeer(key.peerText()).orThrow());
    assertFalse(PublicKey.parseUser(key.peerText()).isOk());
    assertFalse(PublicKey.parsePeer(key.userText()).isOk());
  }

  @Test
  void secret_showsNothing_comparesAndForgets() {
    Secret secret = Secret.copyOf(new byte[] {1, 2, 3});
    assertEquals("Secret(3 bytes)", secret.toString());
    assertTrue(secret.sameAs(Secret.adopt(new byte[] {1, 2, 3})));
    assertFalse(secret.sameAs(Secret.adopt(new byte[] {1, 2, 4})));
    assertFalse(secret.sameAs(Secret.adopt(new byte[] {1, 2})));
    byte[] lent = secret.use(bytes -> bytes);
    secret.wipe();
    assertEquals(0, lent[0] | lent[1] | lent[2]);
    assertThrows(IllegalStateException.class, secret::copy);
  }
}
