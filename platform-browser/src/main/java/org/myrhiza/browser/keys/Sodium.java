// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.keys;

import java.util.Optional;
import org.myrhiza.browser.js.JsBytes;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Aead;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.RawVerifier;
import org.myrhiza.identity.SeedSigner;
import org.myrhiza.identity.Signature;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * libsodium: ChaCha20-Poly1305 (RFC 8439), Ed25519 verification and signing by seed, synchronous.
 */
public final class Sodium implements Aead, RawVerifier, SeedSigner {
  @Override
  public PublicKey publicKey(Bytes seed) {
    return new PublicKey(JsBytes.adopt(SodiumJs.publicKey(JsBytes.of(seed))));
  }

  @Override
  public Signature sign(Bytes seed, Bytes message) {
    return new Signature(JsBytes.adopt(SodiumJs.sign(JsBytes.of(seed), JsBytes.of(message))));
  }

  @Override
  public boolean verify(PublicKey key, Bytes message, Signature signature) {
    return SodiumJs.verify(
        JsBytes.of(signature.bytes()), JsBytes.of(message), JsBytes.of(key.bytes()));
  }

  @Override
  public Bytes seal(Bytes key, Bytes nonce, Bytes aad, Bytes plaintext) {
    return JsBytes.adopt(
        SodiumJs.seal(JsBytes.of(key), JsBytes.of(nonce), JsBytes.of(aad), JsBytes.of(plaintext)));
  }

  @Override
  public Optional<Bytes> open(Bytes key, Bytes nonce, Bytes aad, Bytes ciphertext) {
    if (ciphertext.size() < TAG_BYTES) {
      return Optional.empty();
    }
    Int8Array opened =
        SodiumJs.open(JsBytes.of(key), JsBytes.of(nonce), JsBytes.of(aad), JsBytes.of(ciphertext));
    return opened == null ? Optional.empty() : Optional.of(JsBytes.adopt(opened));
  }
}
