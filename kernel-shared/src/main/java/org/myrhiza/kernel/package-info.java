// SPDX-License-Identifier: AGPL-3.0-only
/**
 * The kernel as a state machine without input or output: a platform submits inputs and polls
 * effects. Same inputs, same effects, byte for byte.
 */
@NullMarked
package org.myrhiza.kernel;

import org.jspecify.annotations.NullMarked;
