// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.value;

/**
 * Why a text is no value of a type, or a value has no text.
 *
 * @param position where in the text, in characters (UTF-16 code units) from 0
 * @param what the thing that was being read or written
 * @param seen what stood there
 * @param allowed what would have been right
 */
public record WaveError(int position, String what, String seen, String allowed) {
  /** One sentence: what was wrong, what was seen and what was allowed. */
  public String message() {
    return what + " at character " + position + ": seen " + seen + ", allowed " + allowed;
  }
}
