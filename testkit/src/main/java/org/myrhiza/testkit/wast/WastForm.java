// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.wast;

import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;

/**
 * A component of a script.
 *
 * @param binary its bytes, or null when its text form does not parse
 * @param parseError why it does not; empty when it does
 * @param text its text form, or null when it was written in binary
 */
public record WastForm(@Nullable Bytes binary, String parseError, @Nullable String text) {}
