// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.keys;

import org.myrhiza.browser.js.Done;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSBodyImport;
import org.teavm.jso.typedarrays.Int8Array;

/** The functions of {@code equation.js}, one to one. */
final class EquationJs {
  private EquationJs() {}

  @JSBody(
      script = "return equation.isTrusted();",
      imports = @JSBodyImport(alias = "equation", fromModule = "./equation.js"))
  static native boolean isTrusted();

  @JSBody(
      params = {"signature", "message", "key", "judged", "failed"},
      script = "equation.verify(signature, message, key, judged, failed);",
      imports = @JSBodyImport(alias = "equation", fromModule = "./equation.js"))
  static native void verify(
      Int8Array signature, Int8Array message, Int8Array key, Judged judged, Done failed);
}
