// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

/**
 * Unwinds guest frames after a host function asked for it. One instance without a stack trace: it
 * says nothing, whoever asked knows why.
 */
final class AbortSignal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AbortSignal() {
    super("a host function ended the call", null, false, false);
  }
}
