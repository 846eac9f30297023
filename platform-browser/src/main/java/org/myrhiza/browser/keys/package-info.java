// SPDX-License-Identifier: AGPL-3.0-only

/** WebCrypto's keys and libsodium's synchronous cryptography. */
@NullMarked
package org.myrhiza.browser.keys;

import org.jspecify.annotations.NullMarked;
