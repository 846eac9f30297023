// SPDX-License-Identifier: AGPL-3.0-only
/** Suites of events. */
@NullMarked
package org.myrhiza.testkit.suites.event;

import org.jspecify.annotations.NullMarked;
