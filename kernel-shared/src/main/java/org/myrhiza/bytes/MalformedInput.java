// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bytes;

/**
 * Leaves a decoder at its first bad byte. It never leaves {@link CanonicalReader#decode}, which
 * turns it into a {@link Decoded.Bad}; so no caller ever catches it.
 */
public final class MalformedInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Malformed malformed;

  MalformedInput(Malformed malformed) {
    this.malformed = malformed;
  }

  Malformed malformed() {
    return malformed;
  }

  /** Skips the stack trace: a peer can cause these by the thousand, and nobody reads one. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
