// SPDX-License-Identifier: AGPL-3.0-only
/** What the native platform lends to the neutral suites. */
@NullMarked
package org.myrhiza.jvm;

import org.jspecify.annotations.NullMarked;
