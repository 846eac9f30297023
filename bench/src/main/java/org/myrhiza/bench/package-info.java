// SPDX-License-Identifier: AGPL-3.0-only
/**
 * Measurements of the product as it is: real peers, real disk, real keys, real browsers. A figure
 * is printed only when all peers that took part ended with the same digest.
 */
@NullMarked
package org.myrhiza.bench;

import org.jspecify.annotations.NullMarked;
