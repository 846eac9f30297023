// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.engine;

import org.myrhiza.wasm.engine.CoreTag;
import org.teavm.jso.JSObject;

/**
 * A {@code WebAssembly.Tag}, passed from instance to instance.
 *
 * @param handle the tag
 */
record BrowserTag(JSObject handle) implements CoreTag, Externs.HasHandle {}
