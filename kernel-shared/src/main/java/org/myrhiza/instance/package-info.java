// SPDX-License-Identifier: AGPL-3.0-only
/**
 * One app on one topic: the way from invitation or creation to a running app, its authoring, its
 * replay, and what it tells the user about itself.
 */
@NullMarked
package org.myrhiza.instance;

import org.jspecify.annotations.NullMarked;
