// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.terminal;

/** How a command ends; the numbers are part of the command line's contract. */
public enum ExitCode {
  /** It is done. */
  DONE(0),
  /** It failed. */
  FAILED(1),
  /** The command was used wrongly. */
  WRONG_USE(2),
  /** A consent or a prerequisite is missing. */
  MISSING(3),
  /** The app said no. */
  REJECTED(4),
  /** Nobody could be reached, or peers did not converge in time. */
  UNREACHED(5),
  /** Data is damaged or of a newer format. */
  DAMAGED(6);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** Returns the process's exit code. */
  public int code() {
    return code;
  }

  /** Returns the exit of a number that a reply carries; anything unknown is {@link #FAILED}. */
  public static ExitCode of(int code) {
    for (ExitCode exit : values()) {
      if (exit.code == code) {
        return exit;
      }
    }
    return FAILED;
  }
}
