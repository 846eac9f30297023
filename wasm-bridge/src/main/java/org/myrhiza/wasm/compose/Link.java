// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.compose;

/**
 * An import that another component serves.
 *
 * @param importer the number of the part that imports
 * @param name the name of the import, and of the export
 * @param exporter the number of the part that exports, below {@code importer}
 */
public record Link(int importer, String name, int exporter) {}
