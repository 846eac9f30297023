// SPDX-License-Identifier: AGPL-3.0-only
/**
 * The engine port on the JVM: Chicory, its run-time compiler first, its interpreter where a method
 * is too large for the compiler or when asked for.
 */
@NullMarked
package org.myrhiza.jvm.engine;

import org.jspecify.annotations.NullMarked;
