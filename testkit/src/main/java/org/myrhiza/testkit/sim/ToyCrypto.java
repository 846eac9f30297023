// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Aead;
import org.myrhiza.hash.HashContext;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignatureVerifier;

/**
 * Cryptography that protects nothing and behaves like the real one towards a kernel: a signature
 * fits one key and message, a ciphertext opens with its key, nonce and associated data only. Fast
 * on every platform, so that simulations are about kernels.
 */
public final class ToyCrypto implements Signing, Aead {
  private static final HashContext SIGNATURE = HashContext.of("toy signature");
  private static final HashContext STREAM = HashContext.of("toy stream");
  private static final HashContext TAG = HashContext.of("toy tag");
  private static final HashContext KEY = HashContext.of("toy key");
  private static final int SIGNATURE_BYTES = 64;

  @Override
  public PublicKey publicKey(Bytes seed) {
    return new PublicKey(KEY.hash(seed));
  }

  @Override
  public Signature sign(Bytes seed, Bytes message) {
    return signature(publicKey(seed), message);
  }

  @Override
  public SignatureVerifier verifier() {
    return (key, message, signature) -> signature(key, message).equals(signature);
  }

  private static Signature signature(PublicKey key, Bytes message) {
    Bytes input = Bytes.concat(key.bytes(), message);
    return new Signature(SIGNATURE.extended(input, SIGNATURE_BYTES));
  }

  @Override
  public Bytes seal(Bytes key, Bytes nonce, Bytes associated, Bytes plaintext) {
    Bytes cipher = mask(key, nonce, plaintext);
    return Bytes.concat(cipher, tag(key, nonce, associated, cipher));
  }

  @Override
  public Optional<Bytes> open(Bytes key, Bytes nonce, Bytes associated, Bytes ciphertext) {
    if (ciphertext.size() < TAG_BYTES) {
      return Optional.empty();
    }
    int end = ciphertext.size() - TAG_BYTES;
    Bytes cipher = ciphertext.slice(0, end);
    boolean good =
        tag(key, nonce, associated, cipher).equals(ciphertext.slice(end, ciphertext.size()));
    return good ? Optional.of(mask(key, nonce, cipher)) : Optional.empty();
  }

  private static Bytes mask(Bytes key, Bytes nonce, Bytes text) {
    byte[] stream = STREAM.extended(Bytes.concat(key, nonce), text.size()).toArray();
    for (int i = 0; i < stream.length; i++) {
      stream[i] ^= (byte) text.at(i);
    }
    return Bytes.adopt(stream);
  }

  private static Bytes tag(Bytes key, Bytes nonce, Bytes associated, Bytes cipher) {
    return TAG.extended(Bytes.concat(key, nonce, associated, cipher), TAG_BYTES);
  }
}
