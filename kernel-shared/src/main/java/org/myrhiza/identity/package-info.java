// SPDX-License-Identifier: AGPL-3.0-only
/** Who signs: keys, signatures with one rule on every stack, certificates of instance keys. */
@NullMarked
package org.myrhiza.identity;

import org.jspecify.annotations.NullMarked;
