// SPDX-License-Identifier: AGPL-3.0-only
/** State: overlay, limits, undo, trie and store records. */
@NullMarked
package org.myrhiza.testkit.suites.state;

import org.jspecify.annotations.NullMarked;
