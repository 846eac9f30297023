// SPDX-License-Identifier: AGPL-3.0-only

/** Tests of the native peer's disk. */
@NullMarked
package org.myrhiza.jvm.store;

import org.jspecify.annotations.NullMarked;
