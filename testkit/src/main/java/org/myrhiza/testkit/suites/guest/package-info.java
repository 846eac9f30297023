// SPDX-License-Identifier: AGPL-3.0-only
/** Components of the apps and the fixtures, run on every engine of the stack. */
@NullMarked
package org.myrhiza.testkit.suites.guest;

import org.jspecify.annotations.NullMarked;
