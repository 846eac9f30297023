// SPDX-License-Identifier: AGPL-3.0-only
/** Suites of BLAKE3. */
@NullMarked
package org.myrhiza.testkit.suites.hash;

import org.jspecify.annotations.NullMarked;
