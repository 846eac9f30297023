// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.auth;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.SignatureVerifier;

/**
 * Ed25519 by the JDK behind the one rule. Slow (about a thousand a second), which is enough for
 * logins and keeps a lone relay free of another cryptography library.
 */
public final class JdkVerifier {
  private static final int SIGN_BIT = 0x80;

  private JdkVerifier() {}

  /** Returns the verifier. */
  public static SignatureVerifier verifier() {
    return SignatureVerifier.screened(JdkVerifier::verify);
  }

  private static boolean verify(
      PublicKey key, Bytes message, org.myrhiza.identity.Signature signature) {
    try {
      Signature check = Signature.getInstance("Ed25519");
      EdECPublicKeySpec spec = new EdECPublicKeySpec(NamedParameterSpec.ED25519, point(key));
      check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(spec));
      check.update(message.toArray());
      return check.verify(signature.bytes().toArray());
    } catch (GeneralSecurityException notGood) {
      return false;
    }
  }

  /** RFC 8032, section 5.1.2: y in little-endian order, the highest bit is x's sign. */
  private static EdECPoint point(PublicKey key) {
    byte[] little = key.bytes().toArray();
    byte[] big = new byte[little.length];
    for (int i = 0; i < little.length; i++) {
      big[little.length - 1 - i] = little[i];
    }
    boolean odd = (big[0] & SIGN_BIT) != 0;
    big[0] &= SIGN_BIT - 1;
    return new EdECPoint(odd, new BigInteger(1, big));
  }
}
