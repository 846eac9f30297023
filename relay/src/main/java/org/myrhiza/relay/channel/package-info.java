// SPDX-License-Identifier: AGPL-3.0-only
/**
 * Who is connected, who is in which channel, and how a frame reaches many: encoded once, written to
 * all, never buffered without bound. Nothing here outlives its connections.
 */
@NullMarked
package org.myrhiza.relay.channel;

import org.jspecify.annotations.NullMarked;
