// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.js;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;

/** Called with bytes that nobody else holds. */
@JSFunctor
@FunctionalInterface
public interface GotBytes extends JSObject {
  /** Takes the bytes. */
  void got(Int8Array bytes);
}
