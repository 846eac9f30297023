// SPDX-License-Identifier: AGPL-3.0-only
/** What a platform lends to the neutral suites. */
@NullMarked
package org.myrhiza.testkit.stack;

import org.jspecify.annotations.NullMarked;
