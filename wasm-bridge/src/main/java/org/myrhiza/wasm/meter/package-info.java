// SPDX-License-Identifier: AGPL-3.0-only
/**
 * Metering by rewriting: a core module goes in, and one comes out that does the same and keeps two
 * accounts, fuel and stack, so that every engine stops at the same instruction.
 *
 * <p>The normative text is {@code docs/spec/metering.md}.
 */
@NullMarked
package org.myrhiza.wasm.meter;

import org.jspecify.annotations.NullMarked;
