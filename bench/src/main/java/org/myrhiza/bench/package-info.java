// SPDX-License-Identifier: AGPL-3.0-only
/** Measurements. */
@NullMarked
package org.myrhiza.bench;

import org.jspecify.annotations.NullMarked;
