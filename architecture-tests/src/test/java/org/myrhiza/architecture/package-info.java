// SPDX-License-Identifier: AGPL-3.0-only
/**
 * Rules over all modules and all source files: what a reviewer would otherwise have to look for.
 */
@NullMarked
package org.myrhiza.architecture;

import org.jspecify.annotations.NullMarked;
