// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

/**
 * Bytes for a memory.
 *
 * @param placement when they are used; never declarative
 * @param from the offset of the first byte in the module's bytes
 * @param to the offset after the last
 * @param offset where the segment stands
 */
public record DataSegment(Placement placement, int from, int to, int offset) {}
