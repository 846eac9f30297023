// SPDX-License-Identifier: AGPL-3.0-only
/** Suites of the canonical encoding and its texts. */
@NullMarked
package org.myrhiza.testkit.suites.bytes;

import org.jspecify.annotations.NullMarked;
