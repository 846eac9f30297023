// SPDX-License-Identifier: AGPL-3.0-only
/** Tests that need a real browser. */
@NullMarked
package org.myrhiza.browsertests;

import org.jspecify.annotations.NullMarked;
