// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

/**
 * A limit of the state that a call passed.
 *
 * @param what the limit's name
 * @param seen the value that the call would have reached
 * @param allowed the greatest value allowed, or the least where the name says so
 */
public record PassedLimit(String what, long seen, long allowed) {
  /** Returns the limit as one line for a log; local, never part of the state. */
  public String message() {
    return "limit: " + what + " " + seen + ", allowed " + allowed;
  }
}
