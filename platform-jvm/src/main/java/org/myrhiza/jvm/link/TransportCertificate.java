// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECPublicKey;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.identity.PublicKey;

/**
 * The X.509 envelope (RFC 5280, RFC 8410) in which TLS carries a transport key. Only the key in it
 * counts: the handshake proves that the other side holds it, so names, dates and the signature on
 * the envelope are neither asked nor believed. Ours is the same bytes for the same key.
 */
final class TransportCertificate {
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int BIT_STRING = 0x03;
  private static final int EXPLICIT_0 = 0xa0;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int UTF8_STRING = 0x0c;
  private static final int LONG_LENGTH = 0x80;
  private static final int KEY_BYTES = 32;

  /** {@code 1.3.101.112}, Ed25519. */
  private static final Bytes ED25519 = Bytes.of(0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70);

  /** {@code 2.5.4.3}, common name. */
  private static final Bytes COMMON_NAME = Bytes.of(0x06, 0x03, 0x55, 0x04, 0x03);

  private static final Bytes VERSION_3 = Bytes.of(0x02, 0x01, 0x02);
  private static final Bytes SERIAL_1 = Bytes.of(0x02, 0x01, 0x01);

  private TransportCertificate() {}

  /** Returns our certificate. */
  static X509Certificate of(TransportIdentity identity) {
    Bytes name =
        der(
            SEQUENCE,
            der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Utf8.encode("myrhiza")))));
    Bytes validity =
        der(
            SEQUENCE,
            der(UTC_TIME, Utf8.encode("000101000000Z")),
            der(GENERALIZED_TIME, Utf8.encode("99991231235959Z")));
    Bytes key = der(SEQUENCE, ED25519, bitString(identity.key().bytes()));
    Bytes body =
        der(SEQUENCE, der(EXPLICIT_0, VERSION_3), SERIAL_1, ED25519, name, validity, name, key);
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(identity.privateKey());
      signer.update(body.toArray());
      Bytes whole = der(SEQUENCE, body, ED25519, bitString(Bytes.adopt(signer.sign())));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole.toArray()));
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("our certificate is not accepted", broken);
    }
  }

  /**
   * Returns the key in a chain from the other side.
   *
   * @throws CertificateException if the chain is not one certificate of an Ed25519 key
   */
  static PublicKey keyOf(X509Certificate @Nullable [] chain) throws CertificateException {
    if (chain == null || chain.length != 1) {
      throw new CertificateException("exactly one certificate is allowed");
    }
    if (!(chain[0].getPublicKey() instanceof EdECPublicKey key)
        || !key.getParams().getName().equals("Ed25519")) {
      throw new CertificateException("only an Ed25519 key is allowed");
    }
    Bytes encoded = Bytes.copyOf(key.getEncoded());
    return new PublicKey(encoded.slice(encoded.size() - KEY_BYTES, encoded.size()));
  }

  private static Bytes bitString(Bytes contents) {
    return der(BIT_STRING, Bytes.of(0), contents);
  }

  /** DER: tag, definite length, contents; nothing here is longer than 65,535 bytes. */
  private static Bytes der(int tag, Bytes... parts) {
    Bytes contents = Bytes.concat(parts);
    int size = contents.size();
    Bytes head =
        size < LONG_LENGTH
            ? Bytes.of(tag, size)
            : size <= 0xff
                ? Bytes.of(tag, LONG_LENGTH | 1, size)
                : Bytes.of(tag, LONG_LENGTH | 2, size >> 8, size & 0xff);
    return head.plus(contents);
  }
}
