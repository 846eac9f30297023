// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.terminal;

import org.myrhiza.jvm.store.DataException;
import org.myrhiza.kernel.Reply;

/** Why a command did not do what it was asked to, ready to be shown. */
public final class Failure extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode exit;
  private final String type;
  private final String hint;
  private final String at;

  /**
   * Creates one.
   *
   * @param type what failed, one kebab-case word or two, stable for scripts
   * @param message what, the value seen, what was allowed
   * @param hint what to do next
   * @param at where, such as a field, a file or an offset; empty if nowhere
   */
  public Failure(ExitCode exit, String type, String message, String hint, String at) {
    super(message);
    this.exit = exit;
    this.type = type;
    this.hint = hint;
    this.at = at;
  }

  /** Creates the failure that a kernel's reply tells. */
  public static Failure of(Reply.Failed failed) {
    return new Failure(
        ExitCode.of(failed.exitCode()),
        failed.type(),
        failed.message(),
        failed.hint(),
        failed.at());
  }

  /** Creates the failure of a data folder. */
  public static Failure of(DataException failed) {
    String message = failed.getMessage() == null ? failed.kind().name() : failed.getMessage();
    return switch (failed.kind()) {
      case BUSY -> new Failure(ExitCode.FAILED, "busy", message, failed.hint(), "");
      case DAMAGED -> new Failure(ExitCode.DAMAGED, "damaged", message, failed.hint(), "");
      case NEWER_FORMAT ->
          new Failure(ExitCode.DAMAGED, "newer-format", message, failed.hint(), "");
      case LOCKED -> new Failure(ExitCode.MISSING, "locked", message, failed.hint(), "");
      case DENIED -> new Failure(ExitCode.FAILED, "denied", message, failed.hint(), "");
    };
  }

  /** Returns how the process ends. */
  public ExitCode exit() {
    return exit;
  }

  /** Returns the stable word for what failed. */
  public String type() {
    return type;
  }

  /** Returns what to do next. */
  public String hint() {
    return hint;
  }

  /** Returns where it failed, or an empty text. */
  public String at() {
    return at;
  }
}
