// SPDX-License-Identifier: AGPL-3.0-only
/** The log: validity, order, forks, pending, sync. */
@NullMarked
package org.myrhiza.testkit.suites.log;

import org.jspecify.annotations.NullMarked;
