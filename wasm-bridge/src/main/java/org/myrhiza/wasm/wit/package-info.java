// SPDX-License-Identifier: AGPL-3.0-only
/** The types of components as text in the manner of WIT, for people. */
@NullMarked
package org.myrhiza.wasm.wit;

import org.jspecify.annotations.NullMarked;
