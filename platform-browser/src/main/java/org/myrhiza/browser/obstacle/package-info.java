// SPDX-License-Identifier: AGPL-3.0-only

/** What can keep a browser from running a peer, in words; the same for page and worker. */
@NullMarked
package org.myrhiza.browser.obstacle;

import org.jspecify.annotations.NullMarked;
