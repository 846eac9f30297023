// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.js;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** Called with a JavaScript value. */
@JSFunctor
@FunctionalInterface
public interface Got extends JSObject {
  /** Takes the value. */
  void got(JSObject value);
}
