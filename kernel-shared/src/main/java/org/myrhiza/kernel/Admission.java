// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import org.myrhiza.bundle.Bundle;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.instance.App;
import org.myrhiza.instance.GuestApp;
import org.myrhiza.wasm.engine.Engine;

/** How a verified bundle becomes an app. */
@FunctionalInterface
public interface Admission {
  /** Checks the bundle's components and opens them. */
  App.Admitted admit(Bundle bundle);

  /** Bundles whose components are WebAssembly, on an engine. */
  static Admission on(Engine engine, SignatureVerifier verifier) {
    return bundle -> GuestApp.admit(bundle, program -> program.open(engine, verifier));
  }
}
