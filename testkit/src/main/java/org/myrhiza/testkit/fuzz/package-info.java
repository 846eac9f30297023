// SPDX-License-Identifier: AGPL-3.0-only
/**
 * A fuzzer of engines and metering: a seed makes a core module of the deterministic set and a list
 * of calls, and running them on an engine gives a transcript that must be the same on each.
 *
 * <p>Normative text: {@code docs/spec/metering.md}. What the transcripts are is pinned in {@code
 * docs/spec/vectors/metering/fuzz.json}.
 */
@NullMarked
package org.myrhiza.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
