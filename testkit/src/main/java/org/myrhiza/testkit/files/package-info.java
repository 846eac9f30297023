// SPDX-License-Identifier: AGPL-3.0-only
/** For the JVM only: what tests read from the repository's folders. */
@NullMarked
package org.myrhiza.testkit.files;

import org.jspecify.annotations.NullMarked;
