// SPDX-License-Identifier: AGPL-3.0-only
/**
 * One topic's log: which events are valid, in which order they stand, which keys forked, what waits
 * for its past, and what another peer lacks.
 */
@NullMarked
package org.myrhiza.log;

import org.jspecify.annotations.NullMarked;
