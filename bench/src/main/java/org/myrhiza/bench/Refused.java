// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

/** A measurement that gives no figure: digests differ, or something did not work. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  Refused(String why) {
    super(why);
  }

  Refused(String why, Throwable cause) {
    super(why + ": " + cause, cause);
  }

  /** Gives no figure for a run whose peers ended in different states. */
  static void unlessEqual(String what, String digest, String expected) throws Refused {
    if (!digest.equals(expected)) {
      throw new Refused("digests differ: " + what + " has " + digest + ", expected " + expected);
    }
  }
}
