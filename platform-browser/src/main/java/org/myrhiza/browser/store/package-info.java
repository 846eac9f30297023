// SPDX-License-Identifier: AGPL-3.0-only

/** IndexedDB as the kernel's store. */
@NullMarked
package org.myrhiza.browser.store;

import org.jspecify.annotations.NullMarked;
