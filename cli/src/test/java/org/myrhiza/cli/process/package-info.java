// SPDX-License-Identifier: AGPL-3.0-only

/** Tests of whole processes: peers and relays that are started, stopped and killed. */
@NullMarked
package org.myrhiza.cli.process;

import org.jspecify.annotations.NullMarked;
