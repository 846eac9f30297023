// SPDX-License-Identifier: AGPL-3.0-only

/** Links of the page: relays over WebSocket. */
@NullMarked
package org.myrhiza.browser.link;

import org.jspecify.annotations.NullMarked;
