// SPDX-License-Identifier: AGPL-3.0-only
/** Jobs and answers as text, there and back. */
@NullMarked
package org.myrhiza.tools.wire;

import org.jspecify.annotations.NullMarked;
