// SPDX-License-Identifier: AGPL-3.0-only
/** The native peer. */
@NullMarked
package org.myrhiza.jvm.peer;

import org.jspecify.annotations.NullMarked;
