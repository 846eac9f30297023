// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.keys;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.conscrypt.Conscrypt;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.Limits;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.RawVerifier;
import org.myrhiza.identity.Secret;
import org.myrhiza.identity.Signature;

/**
 * Ed25519 on the JVM.
 *
 * <p>Verification, of which each received event takes at least one, is Conscrypt's (BoringSSL):
 * some ten times as fast as the JDK's, and half as fast again as BouncyCastle's. Where Conscrypt
 * has no native library for the machine, or objects to a key, the JDK's own provider answers. Both
 * decide the cofactorless equation on all cases that the screen lets through ({@code
 * SignatureScreen}). BouncyCastle must never verify here: it checks a shortened multiple of the
 * equation, so that signatures with a component of small order can pass (edge case 4 of the public
 * twelve does), and peers would disagree.
 *
 * <p>Signing is BouncyCastle's low-level code, which is fast enough for what one user writes and
 * works on the seed where it lies: a provider's key object would keep a copy that nobody can wipe.
 */
public final class Ed25519Jvm implements RawVerifier {
  private static final String ALGORITHM = "Ed25519";
  private static final String JDK_PROVIDER = "SunEC";

  /** What stands before the 32 bytes in a key's X.509 form (RFC 8410, section 4). */
  private static final Bytes X509_PREFIX = Bytes.hex("302a300506032b6570032100");

  private final Optional<Provider> conscrypt;
  private final ReadyChecks ready = new ReadyChecks();

  private Ed25519Jvm(Optional<Provider> conscrypt) {
    this.conscrypt = conscrypt;
  }

  /** Makes a verifier with the fastest code for this machine; it may be used by many threads. */
  public Ed25519Jvm() {
    this(Conscrypt.isAvailable() ? Optional.of(Conscrypt.newProvider()) : Optional.empty());
  }

  /** Returns a verifier without native code. */
  static Ed25519Jvm portable() {
    return new Ed25519Jvm(Optional.empty());
  }

  /** Returns whether verification runs in native code. */
  boolean isNative() {
    return conscrypt.isPresent();
  }

  /** Returns a new private key's seed from the system's entropy. */
  public static Secret generate() {
    byte[] seed = new byte[Limits.SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    return Secret.adopt(seed);
  }

  /**
   * Returns the public key of a seed (RFC 8032, section 5.1.5).
   *
   * @throws IllegalArgumentException if the seed has not 32 bytes
   */
  public static PublicKey publicFromSeed(Secret seed) {
    checkSeed(seed);
    byte[] key = new byte[Limits.PUBLIC_KEY_BYTES];
    seed.use(bytes -> {
      Ed25519.generatePublicKey(bytes, 0, key, 0);
      return key;
    });
    return new PublicKey(Bytes.adopt(key));
  }

  /**
   * Signs a message with a seed (RFC 8032, section 5.1.6): one message, one signature.
   *
   * @throws IllegalArgumentException if the seed has not 32 bytes
   */
  public static Signature sign(Secret seed, Bytes message) {
    return SigningKey.of(seed).sign(message);
  }

  private static void checkSeed(Secret seed) {
    if (seed.size() != Limits.SEED_BYTES) {
      throw new IllegalArgumentException("seed of " + seed.size() + " bytes, allowed 32");
    }
  }

  @Override
  public boolean verify(PublicKey key, Bytes message, Signature signature) {
    if (conscrypt.isEmpty()) {
      return verifyPortably(key, message, signature);
    }
    try {
      return verifyNatively(conscrypt.get(), key, message, signature);
    } catch (GeneralSecurityException objection) {
      return verifyPortably(key, message, signature);
    }
  }

  /** A check that failed to answer is not used again: it may hold a part of the message. */
  private boolean verifyNatively(
      Provider provider, PublicKey key, Bytes message, Signature signature)
      throws GeneralSecurityException {
    java.security.Signature known = ready.take(key);
    java.security.Signature check = known == null ? begun(provider, key) : known;
    boolean good = answer(check, message, signature);
    ready.giveBack(key, check);
    return good;
  }

  private static boolean verifyPortably(PublicKey key, Bytes message, Signature signature) {
    Provider jdk = Security.getProvider(JDK_PROVIDER);
    if (jdk == null) {
      throw new IllegalStateException("this Java has no provider " + JDK_PROVIDER);
    }
    try {
      return verifyWith(jdk, key, message, signature);
    } catch (InvalidKeySpecException | InvalidKeyException | SignatureException noPoint) {
      return false;
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("this Java has no Ed25519", missing);
    }
  }

  private static boolean verifyWith(
      Provider provider, PublicKey key, Bytes message, Signature signature)
      throws NoSuchAlgorithmException,
          InvalidKeySpecException,
          InvalidKeyException,
          SignatureException {
    return answer(begun(provider, key), message, signature);
  }

  private static java.security.Signature begun(Provider provider, PublicKey key)
      throws NoSuchAlgorithmException, InvalidKeySpecException, InvalidKeyException {
    byte[] encoded = X509_PREFIX.plus(key.bytes()).toArray();
    java.security.Signature check = java.security.Signature.getInstance(ALGORITHM, provider);
    check.initVerify(
        KeyFactory.getInstance(ALGORITHM, provider)
            .generatePublic(new X509EncodedKeySpec(encoded)));
    return check;
  }

  private static boolean answer(java.security.Signature check, Bytes message, Signature signature)
      throws SignatureException {
    check.update(message.toArray());
    return check.verify(signature.bytes().toArray());
  }
}
