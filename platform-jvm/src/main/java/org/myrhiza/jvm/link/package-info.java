// SPDX-License-Identifier: AGPL-3.0-only
/**
 * The native peer's links: relays over WebSocket, peers over QUIC, one notion of link for both. A
 * link has a remote transport key that was proven, carries frames, and goes up and down.
 */
@NullMarked
package org.myrhiza.jvm.link;

import org.jspecify.annotations.NullMarked;
