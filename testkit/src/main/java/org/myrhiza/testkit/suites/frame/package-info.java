// SPDX-License-Identifier: AGPL-3.0-only
/** Suites of sealed frames, the relay protocol and invitations. */
@NullMarked
package org.myrhiza.testkit.suites.frame;

import org.jspecify.annotations.NullMarked;
