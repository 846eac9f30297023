// SPDX-License-Identifier: AGPL-3.0-only
/** Replay: any order of arrival, restarts, host failures. */
@NullMarked
package org.myrhiza.testkit.suites.replay;

import org.jspecify.annotations.NullMarked;
