// SPDX-License-Identifier: AGPL-3.0-only
/** The simulator judges the kernel, and planted mistakes judge the simulator. */
@NullMarked
package org.myrhiza.cli.sim;

import org.jspecify.annotations.NullMarked;
