// SPDX-License-Identifier: AGPL-3.0-only

/** Tests of the command line, in this process. */
@NullMarked
package org.myrhiza.cli;

import org.jspecify.annotations.NullMarked;
