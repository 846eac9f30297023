// SPDX-License-Identifier: AGPL-3.0-only
/** Compiled to JavaScript: runs the neutral suites in a worker of a real browser. */
@NullMarked
package org.myrhiza.browsertests.worker;

import org.jspecify.annotations.NullMarked;
