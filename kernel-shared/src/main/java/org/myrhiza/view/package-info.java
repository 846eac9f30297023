// SPDX-License-Identifier: AGPL-3.0-only
/**
 * What an app shows: a tree of elements without markup, its actions, the filling of its forms, and
 * its rendering as terminal text.
 */
@NullMarked
package org.myrhiza.view;

import org.jspecify.annotations.NullMarked;
