// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

/** Whether a bundle's components can be run. */
public sealed interface Admission {
  /**
   * They can.
   *
   * @param program what runs them
   */
  record Admitted(Program program) implements Admission {}

  /**
   * One cannot, and so the bundle cannot be installed.
   *
   * @param component its path
   * @param profile the profile's name
   * @param what the import, export or feature in the way
   * @param reason a sentence with what was seen and what is allowed
   */
  record Refused(String component, String profile, String what, String reason)
      implements Admission {}
}
