// SPDX-License-Identifier: AGPL-3.0-only
/**
 * Several kernels in one process under one seed: a network that delays, loses, doubles and reorders
 * frames, stores that complete late, and crashes before and after each persist. The same seed gives
 * the same run, byte for byte. Members without a kernel seal whatever they like.
 */
@NullMarked
package org.myrhiza.testkit.sim;

import org.jspecify.annotations.NullMarked;
