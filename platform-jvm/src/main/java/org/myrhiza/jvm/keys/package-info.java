// SPDX-License-Identifier: AGPL-3.0-only

/** The native peer's keystore and its cryptographic adapters. */
@NullMarked
package org.myrhiza.jvm.keys;

import org.jspecify.annotations.NullMarked;
