// SPDX-License-Identifier: AGPL-3.0-only
/** The neutral suites in a browser. */
@NullMarked
package org.myrhiza.browsertests;

import org.jspecify.annotations.NullMarked;
