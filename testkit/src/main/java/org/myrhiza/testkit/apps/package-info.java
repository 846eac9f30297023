// SPDX-License-Identifier: AGPL-3.0-only
/** The example apps and fixture components, as the build of {@code apps/} left them. */
@NullMarked
package org.myrhiza.testkit.apps;

import org.jspecify.annotations.NullMarked;
