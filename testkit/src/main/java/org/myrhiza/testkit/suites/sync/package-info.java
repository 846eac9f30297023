// SPDX-License-Identifier: AGPL-3.0-only
/** Suites of sync's state machines, each alone with fakes. */
@NullMarked
package org.myrhiza.testkit.suites.sync;

import org.jspecify.annotations.NullMarked;
