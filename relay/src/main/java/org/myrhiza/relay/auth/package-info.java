// SPDX-License-Identifier: AGPL-3.0-only
/** Which names this relay answers to, and whether a client holds the transport key it claims. */
@NullMarked
package org.myrhiza.relay.auth;

import org.jspecify.annotations.NullMarked;
