// SPDX-License-Identifier: AGPL-3.0-only
/** Rewritten modules run on Chicory, compiled and interpreted. */
@NullMarked
package org.myrhiza.jvm.metering;

import org.jspecify.annotations.NullMarked;
