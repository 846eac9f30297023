// SPDX-License-Identifier: AGPL-3.0-only
/**
 * Component binaries: what is in the bytes ({@link org.myrhiza.wasm.component.ComponentDecoder}),
 * and the types of the Component Model, resolved. Source: the Component Model's Binary.md and
 * Explainer.md (pre-standard version 0x0d). What the first form leaves out is refused by name.
 */
@NullMarked
package org.myrhiza.wasm.component;

import org.jspecify.annotations.NullMarked;
