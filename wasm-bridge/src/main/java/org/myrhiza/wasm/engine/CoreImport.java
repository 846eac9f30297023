// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.engine;

/**
 * One import handed to an instance.
 *
 * @param module the module name that the importing code uses
 * @param name the field name that the importing code uses
 * @param value what it gets, made by the same engine
 */
public record CoreImport(String module, String name, CoreExtern value) {}
