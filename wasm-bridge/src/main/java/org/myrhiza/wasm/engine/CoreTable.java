// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.engine;

/** A table of function references. The host only passes it from instance to instance. */
public non-sealed interface CoreTable extends CoreExtern {}
