// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.js;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** Called when something asynchronous is done. */
@JSFunctor
@FunctionalInterface
public interface Done extends JSObject {
  /** It is done. */
  void done();
}
