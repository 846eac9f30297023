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
  void publicVectors_behindTheScreen_haveTheirVerdicts() throws Exception {
    try (Stage stage = new Stage()) {
      RawVerifier browser = new Judge(stage.open("a").driver());
      SignatureVectors.checkSpecial(VectorFiles.shared(SignatureVectors.SPECCHECK), browser);
      SignatureVectors.checkWycheproof(VectorFiles.shared(SignatureVectors.WYCHEPROOF), browser);
    }
  }

  @Test
  @Proves("IDENTITY-2")
  void randomKeysAndDamage_haveTheVerdictsOfTheNativePeer() throws Exception {
    long seed = 92;
    Seeded random = new Seeded(seed);
    RawVerifier here = new Ed25519Jvm();
    List<String> cases = new ArrayList<>();
    List<Boolean> verdicts = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      Secret secret = Secret.adopt(random.nextBytes(32).toArray());
      Bytes key = Ed25519Jvm.publicFromSeed(secret).bytes();
      Bytes message = random.nextBytes(random.nextInt(100));
      byte[] signature = Ed25519Jvm.sign(secret, message).bytes().toArray();
      signature[random.nextInt(signature.length)] ^= (byte) random.nextInt(2);
      Signature perhaps = new Signature(Bytes.adopt(signature));
      cases.add(key.toHex() + " " + message.toHex() + " " + perhaps.bytes().toHex());
      verdicts.add(here.verify(new PublicKey(key), message, perhaps));
    }
    assertThat(verdicts).contains(true, false);
    try (Stage stage = new Stage()) {
      ChromeDriver driver = stage.open("a").driver();
      assertThat(driver.executeAsyncScript(JUDGE, cases)).as("seed %s", seed).isEqualTo(verdicts);
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

  /** One signature after the other, in the page. */
  private record Judge(ChromeDriver driver) implements RawVerifier {
    @Override
    public boolean verify(PublicKey key, Bytes message, Signature signature) {
      String one = key.bytes().toHex() + " " + message.toHex() + " " + signature.bytes().toHex();
      return List.of(true).equals(driver.executeAsyncScript(JUDGE, List.of(one)));
    }
  }
}
