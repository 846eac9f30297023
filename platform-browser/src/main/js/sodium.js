// SPDX-License-Identifier: AGPL-3.0-only
// libsodium: the synchronous cryptography of the worker. Wrong lengths throw, a bad signature or
// tag is an answer.

import sodium from './libsodium-wrappers.js';

await sodium.ready;

function unsigned(bytes) {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function verify(signature, message, key) {
  return sodium.crypto_sign_verify_detached(
    unsigned(signature), unsigned(message), unsigned(key));
}

export function publicKey(seed) {
  return new Int8Array(sodium.crypto_sign_seed_keypair(unsigned(seed)).publicKey);
}

export function sign(seed, message) {
  const pair = sodium.crypto_sign_seed_keypair(unsigned(seed));
  return new Int8Array(sodium.crypto_sign_detached(unsigned(message), pair.privateKey));
}

export function seal(key, nonce, additional, plaintext) {
  const sealed = sodium.crypto_aead_chacha20poly1305_ietf_encrypt(
    unsigned(plaintext), unsigned(additional), null, unsigned(nonce), unsigned(key));
  return new Int8Array(sealed);
}

// Answers null when the tag does not match.
export function open(key, nonce, additional, sealed) {
  try {
    const plaintext = sodium.crypto_aead_chacha20poly1305_ietf_decrypt(
      null, unsigned(sealed), unsigned(additional), unsigned(nonce), unsigned(key));
    return new Int8Array(plaintext);
  } catch {
    return null;
  }
}
