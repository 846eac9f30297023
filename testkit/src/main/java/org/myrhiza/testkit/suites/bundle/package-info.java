// SPDX-License-Identifier: AGPL-3.0-only
/** Bundles: golden bytes, hostile files, consent. */
@NullMarked
package org.myrhiza.testkit.suites.bundle;

import org.jspecify.annotations.NullMarked;
