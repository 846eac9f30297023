// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

/**
 * Why an event is not valid, or was not kept waiting.
 *
 * @param what the rule or bound
 * @param seen the value that broke it
 * @param allowed what would have been right
 */
public record Refusal(String what, String seen, String allowed) {
  /** Returns the refusal as one line. */
  public String message() {
    return what + ": " + seen + ", allowed " + allowed;
  }
}
