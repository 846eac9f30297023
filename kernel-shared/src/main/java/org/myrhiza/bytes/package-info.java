// SPDX-License-Identifier: AGPL-3.0-only
/** Immutable byte strings, their unsigned order and the canonical codec. */
@NullMarked
package org.myrhiza.bytes;

import org.jspecify.annotations.NullMarked;
