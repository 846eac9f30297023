// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

/**
 * A global that a module makes.
 *
 * @param type its type
 * @param initial its first value
 */
public record GlobalDefinition(ExternType.Global type, ConstantExpression initial) {}
