// SPDX-License-Identifier: AGPL-3.0-only
/**
 * Random event graphs with honest and cheating authors, a toy app, and reference code for order,
 * state and digest that is slow and obviously right.
 */
@NullMarked
package org.myrhiza.testkit.graph;

import org.jspecify.annotations.NullMarked;
