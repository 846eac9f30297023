// SPDX-License-Identifier: AGPL-3.0-only
/**
 * A small strict JSON reader for test vectors and results, since neutral code has no library for
 * it.
 */
@NullMarked
package org.myrhiza.testkit.json;

import org.jspecify.annotations.NullMarked;
