// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.Limits;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.RawVerifier;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;

/** The public vectors of Ed25519 and what our rule says to each. */
public final class SignatureVectors {
  /** Project Wycheproof's file below the external vectors. */
  public static final String WYCHEPROOF = "wycheproof/ed25519_test.json";

  /** The twelve edge cases of "Taming the many EdDSAs". */
  public static final String SPECCHECK = "ed25519-speccheck.json";

  private static final int ONLY_GOOD_CASE = 3;

  private SignatureVectors() {}

  /**
   * Checks Wycheproof's verdicts; a signature that is not 64 bytes long has no type of ours.
   *
   * @param file the file's bytes
   * @param raw a platform's equation
   */
  public static void checkWycheproof(byte[] file, RawVerifier raw) {
    SignatureVerifier rule = SignatureVerifier.screened(raw);
    int good = 0;
    int count = 0;
    for (JsonValue group : Json.parse(file).at("testGroups").items()) {
      PublicKey key = new PublicKey(bytes(group.at("publicKey").at("pk")));
      for (JsonValue test : group.at("tests").items()) {
        boolean valid = test.at("result").text().equals("valid");
        Bytes signature = bytes(test.at("sig"));
        boolean verdict =
            signature.size() == Limits.SIGNATURE_BYTES
                && rule.verify(key, bytes(test.at("msg")), new Signature(signature));
        assertEquals(valid, verdict, "Wycheproof, test " + test.at("tcId").number());
        good += verdict ? 1 : 0;
        count++;
      }
    }
    assertEquals(Json.parse(file).at("numberOfTests").number(), count);
    assertTrue(good > 0 && good < count, "both verdicts must occur");
  }

  /**
   * Checks that of the twelve edge cases only index 3 is good.
   *
   * @param file the file's bytes
   * @param raw a platform's equation
   */
  public static void checkSpecial(byte[] file, RawVerifier raw) {
    SignatureVerifier rule = SignatureVerifier.screened(raw);
    List<JsonValue> cases = Json.parse(file).items();
    assertEquals(12, cases.size());
    for (int i = 0; i < cases.size(); i++) {
      JsonValue test = cases.get(i);
      PublicKey key = new PublicKey(bytes(test.at("pub_key")));
      Signature signature = new Signature(bytes(test.at("signature")));
      boolean verdict = rule.verify(key, bytes(test.at("message")), signature);
      assertEquals(i == ONLY_GOOD_CASE, verdict, "edge case " + i);
    }
  }

  static Bytes bytes(JsonValue hex) {
    return Bytes.adopt(hex.hex());
  }
}
