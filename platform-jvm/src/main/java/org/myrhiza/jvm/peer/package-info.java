// SPDX-License-Identifier: AGPL-3.0-only

/**
 * The native peer: one kernel, one thread that owns it, and the adapters that serve its effects.
 */
@NullMarked
package org.myrhiza.jvm.peer;

import org.jspecify.annotations.NullMarked;
