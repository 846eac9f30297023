// SPDX-License-Identifier: AGPL-3.0-only
/** The simulator itself: its faults, its scripts, its judge. */
@NullMarked
package org.myrhiza.testkit.suites.scenario;

import org.jspecify.annotations.NullMarked;
