// SPDX-License-Identifier: AGPL-3.0-only
/** Compiled to JavaScript: the measured loop in a worker of a real browser. */
@NullMarked
package org.myrhiza.bench.worker;

import org.jspecify.annotations.NullMarked;
