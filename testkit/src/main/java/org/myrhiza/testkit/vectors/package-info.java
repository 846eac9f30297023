// SPDX-License-Identifier: AGPL-3.0-only
/** Test vectors, read alike on every stack. */
@NullMarked
package org.myrhiza.testkit.vectors;

import org.jspecify.annotations.NullMarked;
