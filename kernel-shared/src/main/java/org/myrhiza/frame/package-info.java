// SPDX-License-Identifier: AGPL-3.0-only
/**
 * What travels between peers: sealed frames, the messages between a client and a relay, and
 * invitations. A relay needs this package and those it builds on, and sees no plaintext by it.
 */
@NullMarked
package org.myrhiza.frame;

import org.jspecify.annotations.NullMarked;
