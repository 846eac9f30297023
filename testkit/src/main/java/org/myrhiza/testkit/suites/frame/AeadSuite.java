// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Aead;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.testkit.vectors.VectorFiles;

/** The platform's ChaCha20-Poly1305 is the one of RFC 8439. */
public final class AeadSuite {
  private static final long SEED = 8_439;
  private static final int NONCE_BITS = 96;

  private final Aead aead = TestStack.current().aead();

  /** Made once per test. */
  public AeadSuite() {}

  private static Bytes bytes(JsonValue test, String name) {
    return Bytes.hex(test.at(name).text());
  }

  @Test
  void wycheproof_everyVector_hasItsVerdictOnThisStack() {
    JsonValue file = Json.parse(VectorFiles.shared("wycheproof/chacha20_poly1305_test.json"));
    int good = 0;
    int bad = 0;
    for (JsonValue group : file.at("testGroups").items()) {
      if (group.at("ivSize").number() != NONCE_BITS) {
        continue;
      }
      for (JsonValue test : group.at("tests").items()) {
        String name = "Wycheproof, test " + test.at("tcId").number();
        boolean valid = test.at("result").text().equals("valid");
        Bytes sealed = bytes(test, "ct").plus(bytes(test, "tag"));
        Optional<Bytes> opened =
            aead.open(bytes(test, "key"), bytes(test, "iv"), bytes(test, "aad"), sealed);
        assertEquals(valid ? Optional.of(bytes(test, "msg")) : Optional.empty(), opened, name);
        if (valid) {
          Bytes again =
              aead.seal(
                  bytes(test, "key"), bytes(test, "iv"), bytes(test, "aad"), bytes(test, "msg"));
          assertEquals(sealed, again, name);
        }
        good += valid ? 1 : 0;
        bad += valid ? 0 : 1;
      }
    }
    assertTrue(good > 200 && bad > 20, good + " good and " + bad + " bad ones");
  }

  @Test
  void open_shorterThanATag_isNotAuthentic() {
    Bytes key = Bytes.zeros(Aead.KEY_BYTES);
    Bytes nonce = Bytes.zeros(Aead.NONCE_BYTES);
    for (int size = 0; size < Aead.TAG_BYTES; size++) {
      assertEquals(Optional.empty(), aead.open(key, nonce, Bytes.EMPTY, Bytes.zeros(size)));
    }
  }

  @Test
  void open_anyInputOfTheSealChanged_isNotAuthentic() {
    Seeded random = new Seeded(SEED);
    for (int round = 0; round < 50; round++) {
      String place = "seed " + SEED + ", round " + round;
      Bytes key = random.nextBytes(Aead.KEY_BYTES);
      Bytes nonce = random.nextBytes(Aead.NONCE_BYTES);
      Bytes associated = random.nextBytes(1 + random.nextInt(200));
      Bytes plain = random.nextBytes(random.nextInt(2_000));
      Bytes sealed = aead.seal(key, nonce, associated, plain);
      assertEquals(plain.size() + Aead.TAG_BYTES, sealed.size(), place);
      assertEquals(Optional.of(plain), aead.open(key, nonce, associated, sealed), place);
      Optional<Bytes> none = Optional.empty();
      assertEquals(none, aead.open(flip(random, key), nonce, associated, sealed), place);
      assertEquals(none, aead.open(key, flip(random, nonce), associated, sealed), place);
      assertEquals(none, aead.open(key, nonce, flip(random, associated), sealed), place);
      assertEquals(none, aead.open(key, nonce, associated, flip(random, sealed)), place);
    }
  }

  private static Bytes flip(Seeded random, Bytes source) {
    byte[] changed = source.toArray();
    changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
    return Bytes.adopt(changed);
  }
}
