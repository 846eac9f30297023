// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.keys;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** Called with a verdict. */
@JSFunctor
@FunctionalInterface
interface Judged extends JSObject {
  /** Takes whether it is good. */
  void judged(boolean good);
}
