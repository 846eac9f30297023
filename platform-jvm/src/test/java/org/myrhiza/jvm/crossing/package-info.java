// SPDX-License-Identifier: AGPL-3.0-only
/** Values that cross a component's boundary, here and under another runtime. */
@NullMarked
package org.myrhiza.jvm.crossing;

import org.jspecify.annotations.NullMarked;
