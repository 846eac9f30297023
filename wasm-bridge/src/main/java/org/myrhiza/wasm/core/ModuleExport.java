// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

/**
 * Something that a module gives.
 *
 * @param name its name, unique in the module
 * @param type what it is
 * @param index its index in the space of its kind, imports first
 * @param offset where the export stands
 */
public record ModuleExport(String name, ExternType type, int index, int offset) {}
