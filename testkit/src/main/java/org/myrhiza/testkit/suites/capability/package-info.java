// SPDX-License-Identifier: AGPL-3.0-only
/** What components may import. */
@NullMarked
package org.myrhiza.testkit.suites.capability;

import org.jspecify.annotations.NullMarked;
