// SPDX-License-Identifier: AGPL-3.0-only

/** What the command line shows: answers, errors, colours, questions. */
@NullMarked
package org.myrhiza.cli.terminal;

import org.jspecify.annotations.NullMarked;
