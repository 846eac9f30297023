// SPDX-License-Identifier: AGPL-3.0-only
/** The simulator on the command line, with the native platform's engine and cryptography. */
@NullMarked
package org.myrhiza.cli.sim;

import org.jspecify.annotations.NullMarked;
