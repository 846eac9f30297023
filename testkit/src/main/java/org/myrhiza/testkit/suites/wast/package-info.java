// SPDX-License-Identifier: AGPL-3.0-only
/** The Component Model's own test suite, run against the bridge. */
@NullMarked
package org.myrhiza.testkit.suites.wast;

import org.jspecify.annotations.NullMarked;
