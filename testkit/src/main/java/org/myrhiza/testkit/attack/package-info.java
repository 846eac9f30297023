// SPDX-License-Identifier: AGPL-3.0-only
/**
 * What somebody can do to a topic who follows the rules only where it suits him: what it costs him,
 * what it costs a peer, and what must come of it.
 */
@NullMarked
package org.myrhiza.testkit.attack;

import org.jspecify.annotations.NullMarked;
