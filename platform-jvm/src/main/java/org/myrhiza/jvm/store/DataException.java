// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.store;

/** Why a data folder, a key file or a store cannot be used; says what to do next. */
public final class DataException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What kind of obstacle it is; a closed set. */
  public enum Kind {
    /** Another process owns the folder. */
    BUSY,
    /** The bytes are not what we wrote. */
    DAMAGED,
    /** A newer version of Myrhiza wrote it. */
    NEWER_FORMAT,
    /** The passphrase is missing or wrong. */
    LOCKED,
    /** The system refused: permissions, a full disk, a missing folder. */
    DENIED
  }

  private final Kind kind;
  private final String hint;

  /**
   * Creates one.
   *
   * @param message what failed, with the path and the value seen
   * @param hint what the user can do next
   */
  public DataException(Kind kind, String message, String hint) {
    super(message);
    this.kind = kind;
    this.hint = hint;
  }

  /** Creates one with the system's own failure as its cause. */
  public DataException(Kind kind, String message, String hint, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.hint = hint;
  }

  /** Returns the kind. */
  public Kind kind() {
    return kind;
  }

  /** Returns what to do next. */
  public String hint() {
    return hint;
  }
}
