// SPDX-License-Identifier: AGPL-3.0-only

/** The commands, one class each, over one way to reach a peer. */
@NullMarked
package org.myrhiza.cli.command;

import org.jspecify.annotations.NullMarked;
