// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

/**
 * A memory that belongs to an instance's image.
 *
 * @param exportName the reserved name under which the rewritten module exports it
 * @param minPages pages of 64 KiB at the start
 * @param maxPages pages that it may grow to
 */
public record ImageMemory(String exportName, int minPages, int maxPages) {}
