// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.js;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** Called with a text: a failure's reason, a message. */
@JSFunctor
@FunctionalInterface
public interface Told extends JSObject {
  /** Takes the text. */
  void told(String text);
}
