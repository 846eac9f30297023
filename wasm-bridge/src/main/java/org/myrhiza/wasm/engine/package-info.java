// SPDX-License-Identifier: AGPL-3.0-only
/**
 * The engine port: what the bridge asks of a WebAssembly engine, and nothing more.
 *
 * <p>A platform implements {@link org.myrhiza.wasm.engine.Engine} once (Chicory on the JVM, the
 * browser's own WebAssembly in a page). Preparing code, which may be slow or asynchronous, is the
 * platform's business; instantiating prepared code and calling it are synchronous. There is no
 * timer and no thread in this port.
 */
@NullMarked
package org.myrhiza.wasm.engine;

import org.jspecify.annotations.NullMarked;
