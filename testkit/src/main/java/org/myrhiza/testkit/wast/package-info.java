// SPDX-License-Identifier: AGPL-3.0-only
/**
 * Runs component scripts ({@code .wast}, converted to JSON by {@code apps/wast.mjs}) against the
 * bridge: script in, report out. The bridge is reached through {@link
 * org.myrhiza.testkit.wast.WastHost} only.
 */
@NullMarked
package org.myrhiza.testkit.wast;

import org.jspecify.annotations.NullMarked;
