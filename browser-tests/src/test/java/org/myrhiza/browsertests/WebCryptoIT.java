// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.RawVerifier;
import org.myrhiza.identity.Secret;
import org.myrhiza.identity.Signature;
import org.myrhiza.jvm.keys.Ed25519Jvm;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.suites.identity.SignatureVectors;
import org.myrhiza.testkit.vectors.VectorFiles;
import org.openqa.selenium.chrome.ChromeDriver;

/** The page's module for WebCrypto decides the equation as the rule does, or is not used. */
final class WebCryptoIT {
  private static final int CASES = 300;
  private static final long SEED = 92;

  private static final String MODULE =
      """
      const done = arguments[arguments.length - 1];
      const files = performance.getEntriesByType('resource').map((entry) => entry.name);
      const page = files.find((name) => name.endsWith('/page.js'));
      const load = (query) => import(page.replace('page.js', 'equation.js') + query);
      const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
      """;

  /** What the browser refuses to judge is judged by libsodium, which refuses it too. */
  private static final String JUDGE =
      MODULE
          + """
          const cases = arguments[0].map((one) => one.split(' ').map(bytes));
          load('').then((module) => Promise.all(cases.map(([key, message, signature]) =>
            module.equation(key, message, signature).catch(() => false)))).then(done);
          """;

  private static final String TRUSTED =
      MODULE
          + """
          load('').then((module) => module.probed).then(done);
          """;

  private static final String LENIENT =
      MODULE
          + """
          const honest = crypto.subtle.verify;
          const verdict = arguments[0];
          crypto.subtle.verify = verdict === 'none'
            ? () => Promise.reject(new Error('no such algorithm'))
            : () => Promise.resolve(verdict === 'good');
          load(`?${verdict}`).then((module) => module.probed).then((trusted) => {
            crypto.subtle.verify = honest;
            done(trusted);
          });
          """;

  @Test
  @Proves({"IDENTITY-2", "IDENTITY-4"})
  void vectorsAndRandomDamage_behindTheScreen_areJudgedAsByTheNativePeer() throws Exception {
    try (Stage stage = new Stage()) {
      Judged judged = new Judged();
      SignatureVectors.checkSpecial(VectorFiles.shared(SignatureVectors.SPECCHECK), judged);
      SignatureVectors.checkWycheproof(VectorFiles.shared(SignatureVectors.WYCHEPROOF), judged);
      damage(new Seeded(SEED), judged);
      assertThat(judged.verdicts).contains(true, false);
      ChromeDriver driver = stage.open("a").driver();
      assertThat(driver.executeAsyncScript(JUDGE, judged.cases))
          .as("seed %s", SEED)
          .isEqualTo(judged.verdicts);
    }
  }

  private static void damage(Seeded random, RawVerifier judged) {
    for (int i = 0; i < CASES; i++) {
      Secret secret = Secret.adopt(random.nextBytes(32).toArray());
      PublicKey key = Ed25519Jvm.publicFromSeed(secret);
      Bytes message = random.nextBytes(random.nextInt(100));
      byte[] signature = Ed25519Jvm.sign(secret, message).bytes().toArray();
      signature[random.nextInt(signature.length)] ^= (byte) random.nextInt(2);
      judged.verify(key, message, new Signature(Bytes.adopt(signature)));
    }
  }

  @Test
  void browsers_thatDecideOtherwise_areNotTrusted() throws Exception {
    try (Stage stage = new Stage()) {
      ChromeDriver driver = stage.open("a").driver();
      assertThat(driver.executeAsyncScript(TRUSTED)).isEqualTo(true);
      for (String verdict : List.of("good", "bad", "none")) {
        assertThat(driver.executeAsyncScript(LENIENT, verdict)).as(verdict).isEqualTo(false);
      }
    }
  }

  /** The native peer's equation, which keeps what it was asked and what it said. */
  private static final class Judged implements RawVerifier {
    private final RawVerifier here = new Ed25519Jvm();
    private final List<String> cases = new ArrayList<>();
    private final List<Boolean> verdicts = new ArrayList<>();

    @Override
    public boolean verify(PublicKey key, Bytes message, Signature signature) {
      boolean good = here.verify(key, message, signature);
      String keyAndMessage = key.bytes().toHex() + " " + message.toHex();
      cases.add(keyAndMessage + " " + signature.bytes().toHex());
      verdicts.add(good);
      return good;
    }
  }
}
