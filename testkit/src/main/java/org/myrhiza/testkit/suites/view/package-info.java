// SPDX-License-Identifier: AGPL-3.0-only
/** Suites of views: rules, forms, actions and terminal text. */
@NullMarked
package org.myrhiza.testkit.suites.view;

import org.jspecify.annotations.NullMarked;
