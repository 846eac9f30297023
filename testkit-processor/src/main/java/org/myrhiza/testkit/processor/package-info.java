// SPDX-License-Identifier: AGPL-3.0-only
/** Lists neutral test suites at compile time. */
@NullMarked
package org.myrhiza.testkit.processor;

import org.jspecify.annotations.NullMarked;
