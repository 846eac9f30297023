// SPDX-License-Identifier: AGPL-3.0-only
/**
 * Lists the neutral test suites while they are compiled, as lambdas, so that a stack without
 * reflection can run them too.
 */
@NullMarked
package org.myrhiza.testkit.processor;

import org.jspecify.annotations.NullMarked;
