// SPDX-License-Identifier: AGPL-3.0-only
/** Tests of the native peer's keys. */
@NullMarked
package org.myrhiza.jvm.keys;

import org.jspecify.annotations.NullMarked;
