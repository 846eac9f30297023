// SPDX-License-Identifier: AGPL-3.0-only
/** Core modules and metering, on each stack. */
@NullMarked
package org.myrhiza.testkit.suites.wasm;

import org.jspecify.annotations.NullMarked;
