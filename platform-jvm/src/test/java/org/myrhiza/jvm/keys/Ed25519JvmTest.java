// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.RawVerifier;
import org.myrhiza.identity.Secret;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.suites.identity.SignatureVectors;
import org.myrhiza.testkit.vectors.VectorFiles;

/** Both implementations of the JVM, alone and against each other. */
class Ed25519JvmTest {
  private static final RawVerifier FAST = new Ed25519Jvm();
  private static final RawVerifier PORTABLE = Ed25519Jvm.portable();

  @Test
  void thisMachine_hasTheNativeVerifier() {
    assertThat(new Ed25519Jvm().isNative()).isTrue();
    assertThat(Ed25519Jvm.portable().isNative()).isFalse();
  }

  @Test
  @Proves("IDENTITY-1")
  void sign_rfc8032FirstTest_givesItsSignature() {
    Secret seed =
        Secret.adopt(
            Bytes.hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
                .toArray());
    PublicKey key = Ed25519Jvm.publicFromSeed(seed);
    assertThat(key.bytes().toHex())
        .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    assertThat(Ed25519Jvm.sign(seed, Bytes.EMPTY).bytes().toHex())
        .startsWith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")
        .endsWith("5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
  }

  @Test
  @Proves("IDENTITY-2")
  void verify_randomKeysAndDamage_bothImplementationsAgree() {
    long seed = 91;
    Seeded random = new Seeded(seed);
    for (int round = 0; round < 100; round++) {
      Secret secret = Secret.adopt(random.nextBytes(32).toArray());
      PublicKey key = Ed25519Jvm.publicFromSeed(secret);
      Bytes message = random.nextBytes(random.nextInt(100));
      Signature good = Ed25519Jvm.sign(secret, message);
      assertThat(FAST.verify(key, message, good)).as("seed " + seed).isTrue();
      assertThat(PORTABLE.verify(key, message, good)).as("seed " + seed).isTrue();
      Signature bad = new Signature(flip(good.bytes(), random));
      PublicKey other = new PublicKey(flip(key.bytes(), random));
      for (SignatureVerifier rule : new SignatureVerifier[] {rule(FAST), rule(PORTABLE)}) {
        assertThat(rule.verify(key, message, bad)).as("seed " + seed).isFalse();
        assertThat(rule.verify(other, message, good)).as("seed " + seed).isFalse();
        assertThat(rule.verify(key, message.plus(Utf8.encode("x")), good)).isFalse();
      }
    }
  }

  @Test
  void verify_keysAgainAndAgain_judgesEachSignatureByItself() {
    long seed = 92;
    Seeded random = new Seeded(seed);
    List<Secret> secrets = new ArrayList<>();
    for (int i = 0; i < 2 * Limits.READY_CHECKS; i++) {
      secrets.add(Secret.adopt(random.nextBytes(32).toArray()));
    }
    RawVerifier verifier = new Ed25519Jvm();
    for (int round = 0; round < 2_000; round++) {
      Secret secret = secrets.get(random.nextInt(round % 2 == 0 ? 2 : secrets.size()));
      PublicKey key = Ed25519Jvm.publicFromSeed(secret);
      Bytes message = random.nextBytes(random.nextInt(100));
      Signature good = Ed25519Jvm.sign(secret, message);
      boolean damaged = random.nextInt(2) == 0;
      Signature signature = damaged ? new Signature(flip(good.bytes(), random)) : good;
      assertThat(verifier.verify(key, message, signature))
          .as("seed " + seed + ", round " + round)
          .isEqualTo(!damaged);
    }
  }

  @Test
  void verify_oneKeyFromManyThreads_judgesEachSignatureByItself() throws Exception {
    Secret secret = Ed25519Jvm.generate();
    PublicKey key = Ed25519Jvm.publicFromSeed(secret);
    RawVerifier verifier = new Ed25519Jvm();
    List<Callable<Boolean>> checks = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      Bytes message = Utf8.encode("message " + i);
      Signature good = Ed25519Jvm.sign(secret, message);
      boolean right = i % 3 > 0;
      Bytes asked = right ? message : message.plus(Utf8.encode("x"));
      checks.add(() -> verifier.verify(key, asked, good) == right);
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Boolean> judged : threads.invokeAll(checks)) {
        assertThat(judged.get()).isTrue();
      }
    }
  }

  @Test
  void vectors_portableVerifier_givesTheSameVerdicts() {
    SignatureVectors.checkWycheproof(VectorFiles.shared(SignatureVectors.WYCHEPROOF), PORTABLE);
    SignatureVectors.checkSpecial(VectorFiles.shared(SignatureVectors.SPECCHECK), PORTABLE);
  }

  private static SignatureVerifier rule(RawVerifier raw) {
    return SignatureVerifier.screened(raw);
  }

  private static Bytes flip(Bytes bytes, Seeded random) {
    byte[] out = bytes.toArray();
    out[random.nextInt(out.length)] ^= (byte) (1 << random.nextInt(8));
    return Bytes.adopt(out);
  }
}
