// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignatureScreen;
import org.myrhiza.identity.SignatureScreen.Verdict;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.vectors.VectorFiles;

/** One signature rule, the same verdict on every stack. */
public final class SignatureSuite {
  /** Made once per test. */
  public SignatureSuite() {}

  @Test
  @Proves({"IDENTITY-1", "IDENTITY-2", "IDENTITY-4"})
  void wycheproof_everyTest_hasItsVerdict() {
    byte[] file = VectorFiles.shared(SignatureVectors.WYCHEPROOF);
    SignatureVectors.checkWycheproof(file, TestStack.current().ed25519());
  }

  @Test
  @Proves({"IDENTITY-2", "IDENTITY-4"})
  void edgeCases_onlyIndexThree_isGood() {
    byte[] file = VectorFiles.shared(SignatureVectors.SPECCHECK);
    SignatureVectors.checkSpecial(file, TestStack.current().ed25519());
  }

  @Test
  @Proves("IDENTITY-2")
  void ownVectors_everyCase_hasItsVerdict() {
    SignatureVerifier rule = SignatureVerifier.screened(TestStack.current().ed25519());
    for (JsonValue test : Json.parse(VectorFiles.spec("identity.json")).at("signatures").items()) {
      boolean good =
          rule.verify(key(test), SignatureVectors.bytes(test.at("message")), signature(test));
      assertEquals(test.at("good").bool(), good, test.at("comment").text());
    }
  }

  @Test
  @Proves("IDENTITY-3")
  void screen_everyCase_hasItsVerdict() {
    int others = 0;
    for (JsonValue test : Json.parse(VectorFiles.spec("identity.json")).at("screen").items()) {
      Verdict verdict = SignatureScreen.screen(key(test), signature(test));
      assertEquals(test.at("verdict").text(), label(verdict), test.at("comment").text());
      others += verdict == Verdict.PASS ? 0 : 1;
    }
    assertTrue(others >= 20, "the vectors reach every refusal");
  }

  @Test
  @Proves("IDENTITY-2")
  void screenedVerifier_refusedByTheScreen_neverAsksThePlatform() {
    SignatureVerifier rule =
        SignatureVerifier.screened((key, message, signature) -> {
          throw new AssertionError("asked");
        });
    Signature zeros = new Signature(Bytes.zeros(64));
    assertFalse(rule.verify(new PublicKey(Bytes.zeros(32)), Bytes.EMPTY, zeros));
  }

  private static PublicKey key(JsonValue test) {
    return new PublicKey(SignatureVectors.bytes(test.at("key")));
  }

  private static Signature signature(JsonValue test) {
    return new Signature(SignatureVectors.bytes(test.at("signature")));
  }

  /** Names a verdict as the specification does: enum names are not safe to compare everywhere. */
  private static String label(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "pass";
      case S_TOO_LARGE -> "s too large";
      case KEY_NOT_CANONICAL -> "key not canonical";
      case KEY_OF_SMALL_ORDER -> "key of small order";
      case R_NOT_CANONICAL -> "r not canonical";
      case R_OF_SMALL_ORDER -> "r of small order";
    };
  }
}
