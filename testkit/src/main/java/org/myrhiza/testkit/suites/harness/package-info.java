// SPDX-License-Identifier: AGPL-3.0-only
/** The harness looks at itself: what the other suites rely on. */
@NullMarked
package org.myrhiza.testkit.suites.harness;

import org.jspecify.annotations.NullMarked;
