// SPDX-License-Identifier: AGPL-3.0-only
/** What tests on every stack share. */
@NullMarked
package org.myrhiza.testkit;

import org.jspecify.annotations.NullMarked;
