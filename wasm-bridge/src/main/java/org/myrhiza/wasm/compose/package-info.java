// SPDX-License-Identifier: AGPL-3.0-only
/**
 * Composition: components that were loaded apart become one component that nests them, each one's
 * imports taken from the exports of those before it.
 */
@NullMarked
package org.myrhiza.wasm.compose;

import org.jspecify.annotations.NullMarked;
