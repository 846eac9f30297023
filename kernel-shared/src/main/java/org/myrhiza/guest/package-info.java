// SPDX-License-Identifier: AGPL-3.0-only
/**
 * A verified bundle's components as plain functions, one for each export of a profile's world. The
 * only package of the kernel that knows WebAssembly.
 */
@NullMarked
package org.myrhiza.guest;

import org.jspecify.annotations.NullMarked;
