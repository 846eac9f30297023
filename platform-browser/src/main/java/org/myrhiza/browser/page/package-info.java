// SPDX-License-Identifier: AGPL-3.0-only

/** The page: chrome and renderer; every word comes from the kernel. */
@NullMarked
package org.myrhiza.browser.page;

import org.jspecify.annotations.NullMarked;
