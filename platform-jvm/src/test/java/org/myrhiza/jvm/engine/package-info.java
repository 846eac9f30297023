// SPDX-License-Identifier: AGPL-3.0-only
/** Tests of Chicory behind the engine port. */
@NullMarked
package org.myrhiza.jvm.engine;

import org.jspecify.annotations.NullMarked;
