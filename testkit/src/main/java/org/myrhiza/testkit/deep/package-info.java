// SPDX-License-Identifier: AGPL-3.0-only

/** Neutral properties at length, for nightly runs on every stack. */
@NullMarked
package org.myrhiza.testkit.deep;

import org.jspecify.annotations.NullMarked;
