// SPDX-License-Identifier: AGPL-3.0-only
/** Component binaries, linking and the Canonical ABI, on bytes of our own and of the apps. */
@NullMarked
package org.myrhiza.testkit.suites.component;

import org.jspecify.annotations.NullMarked;
