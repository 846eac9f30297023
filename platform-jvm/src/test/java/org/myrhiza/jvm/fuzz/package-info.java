// SPDX-License-Identifier: AGPL-3.0-only
/** The fuzzer of {@code org.myrhiza.testkit.fuzz} on Chicory: engine against engine, and itself. */
@NullMarked
package org.myrhiza.jvm.fuzz;

import org.jspecify.annotations.NullMarked;
