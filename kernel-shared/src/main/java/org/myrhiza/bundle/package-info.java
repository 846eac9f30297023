// SPDX-License-Identifier: AGPL-3.0-only
/**
 * Apps as they travel: a manifest that lists hash and size of every byte, signed by its author, and
 * the one file that carries it with its parts. What people read before they run an app is decided
 * here too.
 */
@NullMarked
package org.myrhiza.bundle;

import org.jspecify.annotations.NullMarked;
