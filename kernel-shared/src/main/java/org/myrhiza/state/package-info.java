// SPDX-License-Identifier: AGPL-3.0-only
/**
 * The state of one topic: a sorted space of keys and values, the overlay that one apply reads and
 * writes, the undo entry that takes an apply back, and the Merkle trie whose root is the digest.
 */
@NullMarked
package org.myrhiza.state;

import org.jspecify.annotations.NullMarked;
