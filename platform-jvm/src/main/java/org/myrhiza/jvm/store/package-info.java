// SPDX-License-Identifier: AGPL-3.0-only

/**
 * The native peer's disk: the data folder with its single owner, and the sorted key-value store
 * whose every batch is one synced, atomic write.
 */
@NullMarked
package org.myrhiza.jvm.store;

import org.jspecify.annotations.NullMarked;
