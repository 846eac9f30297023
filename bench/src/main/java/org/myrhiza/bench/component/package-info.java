// SPDX-License-Identifier: AGPL-3.0-only
/**
 * What a component costs: calls, metering, loading and restoring. The measured loops, the same
 * neutral code on both stacks.
 */
@NullMarked
package org.myrhiza.bench.component;

import org.jspecify.annotations.NullMarked;
