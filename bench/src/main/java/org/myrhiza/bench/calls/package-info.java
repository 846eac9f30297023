// SPDX-License-Identifier: AGPL-3.0-only
/** The measured loop of component calls, the same neutral code on both stacks. */
@NullMarked
package org.myrhiza.bench.calls;

import org.jspecify.annotations.NullMarked;
