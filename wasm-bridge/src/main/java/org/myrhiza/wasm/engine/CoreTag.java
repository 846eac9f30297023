// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.engine;

/** A tag of exceptions: only handed on to modules that import it. */
public non-sealed interface CoreTag extends CoreExtern {}
