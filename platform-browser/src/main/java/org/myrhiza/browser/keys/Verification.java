// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.keys;

import java.util.function.Consumer;
import org.myrhiza.browser.js.JsBytes;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignatureScreen;
import org.myrhiza.identity.SignatureVerifier;

/**
 * The one signature rule, beside the worker's thread where the browser can: WebCrypto decides the
 * equation behind the screen, if it was seen to decide it as the rule says; else, and where it
 * objects to a key, libsodium does at once.
 */
public final class Verification {
  private final SignatureVerifier atOnce;

  /** Takes the synchronous verifier. */
  public Verification(SignatureVerifier atOnce) {
    this.atOnce = atOnce;
  }

  /** Tells whether a signature is good, now or later. */
  public void verify(PublicKey key, Bytes message, Signature signature, Consumer<Boolean> then) {
    if (!EquationJs.isTrusted()) {
      then.accept(atOnce.verify(key, message, signature));
    } else if (SignatureScreen.screen(key, signature) != SignatureScreen.Verdict.PASS) {
      then.accept(false);
    } else {
      EquationJs.verify(
          JsBytes.of(signature.bytes()),
          JsBytes.of(message),
          JsBytes.of(key.bytes()),
          then::accept,
          () -> then.accept(atOnce.verify(key, message, signature)));
    }
  }
}
