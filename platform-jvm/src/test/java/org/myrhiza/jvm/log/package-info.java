// SPDX-License-Identifier: AGPL-3.0-only
/** The log's rules on many random topics. */
@NullMarked
package org.myrhiza.jvm.log;

import org.jspecify.annotations.NullMarked;
