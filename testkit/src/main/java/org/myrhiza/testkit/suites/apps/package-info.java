// SPDX-License-Identifier: AGPL-3.0-only
/** The example apps and the fixture components, as they were built. */
@NullMarked
package org.myrhiza.testkit.suites.apps;

import org.jspecify.annotations.NullMarked;
