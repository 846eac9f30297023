// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.keys;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSBodyImport;
import org.teavm.jso.typedarrays.Int8Array;

/** The functions of {@code sodium.js}, one to one. */
final class SodiumJs {
  private SodiumJs() {}

  @JSBody(
      params = {"signature", "message", "key"},
      script = "return crypto_.verify(signature, message, key);",
      imports = @JSBodyImport(alias = "crypto_", fromModule = "./sodium.js"))
  static native boolean verify(Int8Array signature, Int8Array message, Int8Array key);

  @JSBody(
      params = "seed",
      script = "return crypto_.publicKey(seed);",
      imports = @JSBodyImport(alias = "crypto_", fromModule = "./sodium.js"))
  static native Int8Array publicKey(Int8Array seed);

  @JSBody(
      params = {"seed", "message"},
      script = "return crypto_.sign(seed, message);",
      imports = @JSBodyImport(alias = "crypto_", fromModule = "./sodium.js"))
  static native Int8Array sign(Int8Array seed, Int8Array message);

  @JSBody(
      params = {"key", "nonce", "additional", "plaintext"},
      script = "return crypto_.seal(key, nonce, additional, plaintext);",
      imports = @JSBodyImport(alias = "crypto_", fromModule = "./sodium.js"))
  static native Int8Array seal(
      Int8Array key, Int8Array nonce, Int8Array additional, Int8Array plaintext);

  @JSBody(
      params = {"key", "nonce", "additional", "ciphertext"},
      script = "return crypto_.open(key, nonce, additional, ciphertext);",
      imports = @JSBodyImport(alias = "crypto_", fromModule = "./sodium.js"))
  static native @Nullable Int8Array open(
      Int8Array key, Int8Array nonce, Int8Array additional, Int8Array ciphertext);
}
