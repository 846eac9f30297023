// SPDX-License-Identifier: AGPL-3.0-only
/** Running neutral tests without reflection, and what one run gave. */
@NullMarked
package org.myrhiza.testkit.suite;

import org.jspecify.annotations.NullMarked;
