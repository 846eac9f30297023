// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.engine;

/** What a core instance imports or exports. Made by one engine and usable with that engine only. */
public sealed interface CoreExtern
    permits CoreFunction, CoreMemory, CoreTable, CoreGlobal, CoreTag {}
