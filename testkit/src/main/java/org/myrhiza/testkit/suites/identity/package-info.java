// SPDX-License-Identifier: AGPL-3.0-only
/** Suites of keys, signatures and certificates. */
@NullMarked
package org.myrhiza.testkit.suites.identity;

import org.jspecify.annotations.NullMarked;
