// SPDX-License-Identifier: AGPL-3.0-only
/** Kernels under one seed, with the real components on the real engine. */
@NullMarked
package org.myrhiza.jvm.sim;

import org.jspecify.annotations.NullMarked;
