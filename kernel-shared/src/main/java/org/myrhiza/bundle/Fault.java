// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bundle;

/**
 * Which rule a manifest breaks.
 *
 * @param what the field
 * @param seen what it holds
 * @param allowed what it may hold
 */
record Fault(String what, String seen, String allowed) {
  IllegalArgumentException asBug() {
    return new IllegalArgumentException(what + ": " + seen + ", allowed " + allowed);
  }
}
