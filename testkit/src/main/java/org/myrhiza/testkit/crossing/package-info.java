// SPDX-License-Identifier: AGPL-3.0-only
/**
 * Random types and values that cross the boundary of a component: a seed decides a few functions, a
 * component is made whose guest hands what it is given to a host function and gives back what that
 * returns, and what is seen of each call is kept, the guest's memory and its allocator's log
 * included.
 */
@NullMarked
package org.myrhiza.testkit.crossing;

import org.jspecify.annotations.NullMarked;
