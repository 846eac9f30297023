// SPDX-License-Identifier: AGPL-3.0-only
/** BLAKE3, written out so that both stacks hash alike, and the project's named hashes over it. */
@NullMarked
package org.myrhiza.hash;

import org.jspecify.annotations.NullMarked;
