// SPDX-License-Identifier: AGPL-3.0-only
/** The command in processes of its own: started, spoken to, stopped and killed by tests. */
@NullMarked
package org.myrhiza.testkit.process;

import org.jspecify.annotations.NullMarked;
