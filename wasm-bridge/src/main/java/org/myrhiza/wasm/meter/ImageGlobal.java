// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

import org.myrhiza.wasm.core.ValueType;

/**
 * A mutable global that belongs to an instance's image.
 *
 * @param exportName the reserved name under which the rewritten module exports it
 * @param type a number type
 */
public record ImageGlobal(String exportName, ValueType type) {}
