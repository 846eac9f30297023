// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

/**
 * Why something that a user asked for was not done.
 *
 * @param type kind of failure, a kebab-case word that programs read
 * @param message what is wrong, the value seen and what is allowed
 * @param hint what to do next; may be empty
 * @param exit what a command line ends with
 */
public record Problem(String type, String message, String hint, Exit exit) {

  /** The exit codes of the command line. */
  public enum Exit {
    /** It failed. */
    FAILED(1),
    /** It was asked for wrongly. */
    WRONG_USE(2),
    /** Consent or a prerequisite is missing. */
    CONSENT(3),
    /** The app rejected it. */
    REJECTED(4),
    /** Nobody was reachable in time. */
    UNREACHABLE(5),
    /** Data are damaged or of a newer format. */
    DAMAGED(6);

    private final int code;

    Exit(int code) {
      this.code = code;
    }

    /** The code, 1 to 6. */
    public int code() {
      return code;
    }
  }
}
