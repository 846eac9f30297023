// SPDX-License-Identifier: AGPL-3.0-only
/** Suites of whole kernels with an app that needs no engine. */
@NullMarked
package org.myrhiza.testkit.suites.kernel;

import org.jspecify.annotations.NullMarked;
