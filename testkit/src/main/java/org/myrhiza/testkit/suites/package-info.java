// SPDX-License-Identifier: AGPL-3.0-only
/** The neutral suites: each runs on the JVM and in a browser, and must say the same. */
@NullMarked
package org.myrhiza.testkit.suites;

import org.jspecify.annotations.NullMarked;
