// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.frame;

import java.util.Optional;
import org.myrhiza.bytes.Bytes;

/**
 * ChaCha20-Poly1305 with a 96-bit nonce (RFC 8439, the "IETF" form), given by the platform. Pure,
 * synchronous and bounded by the length of its input. No other algorithm may stand behind it.
 */
public interface Aead {
  /** Bytes of a key. */
  int KEY_BYTES = 32;

  /** Bytes of a nonce. */
  int NONCE_BYTES = 12;

  /** Bytes of the tag that ends a ciphertext. */
  int TAG_BYTES = 16;

  /**
   * Encrypts and authenticates.
   *
   * @param key {@value #KEY_BYTES} bytes
   * @param nonce {@value #NONCE_BYTES} bytes, never used before with this key
   * @param associated authenticated, not encrypted
   * @param plaintext any length
   * @return ciphertext as long as the plaintext, then the tag
   */
  Bytes seal(Bytes key, Bytes nonce, Bytes associated, Bytes plaintext);

  /**
   * Checks and decrypts.
   *
   * @param key {@value #KEY_BYTES} bytes
   * @param nonce {@value #NONCE_BYTES} bytes
   * @param associated what was authenticated with it
   * @param ciphertext ciphertext and tag, from outside, of any length
   * @return the plaintext, or empty when it is not authentic, too short included
   */
  Optional<Bytes> open(Bytes key, Bytes nonce, Bytes associated, Bytes ciphertext);
}
