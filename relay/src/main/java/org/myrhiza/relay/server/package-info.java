// SPDX-License-Identifier: AGPL-3.0-only
/** The relay server. */
@NullMarked
package org.myrhiza.relay.server;

import org.jspecify.annotations.NullMarked;
