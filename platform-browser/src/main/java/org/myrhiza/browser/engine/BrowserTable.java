// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.engine;

import org.myrhiza.wasm.engine.CoreTable;
import org.teavm.jso.JSObject;

/**
 * A {@code WebAssembly.Table}, passed from instance to instance.
 *
 * @param handle the table
 */
record BrowserTable(JSObject handle) implements CoreTable, Externs.HasHandle {}
