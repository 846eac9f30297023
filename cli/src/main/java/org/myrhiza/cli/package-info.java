// SPDX-License-Identifier: AGPL-3.0-only
/** The myrhiza command. */
@NullMarked
package org.myrhiza.cli;

import org.jspecify.annotations.NullMarked;
