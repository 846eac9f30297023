// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

/**
 * Something that a module wants from outside.
 *
 * @param module the first name
 * @param name the second name
 * @param type what it must be
 * @param offset where the import stands
 */
public record ModuleImport(String module, String name, ExternType type, int offset) {}
