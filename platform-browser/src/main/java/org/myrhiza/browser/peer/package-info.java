// SPDX-License-Identifier: AGPL-3.0-only

/** The web peer's worker: one kernel and the adapters that serve its effects. */
@NullMarked
package org.myrhiza.browser.peer;

import org.jspecify.annotations.NullMarked;
