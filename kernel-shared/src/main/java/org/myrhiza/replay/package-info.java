// SPDX-License-Identifier: AGPL-3.0-only
/**
 * From placed events to verdicts, state and digest, in bounded slices: roll back to where an event
 * came in, apply what follows again, and say what has to be persisted.
 */
@NullMarked
package org.myrhiza.replay;

import org.jspecify.annotations.NullMarked;
