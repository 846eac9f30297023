// SPDX-License-Identifier: AGPL-3.0-only
/** Calling a function of a component as a person asks for it: neutral, the same on every engine. */
@NullMarked
package org.myrhiza.tools.run;

import org.jspecify.annotations.NullMarked;
