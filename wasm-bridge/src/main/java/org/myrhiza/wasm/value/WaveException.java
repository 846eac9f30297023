// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.value;

/** Carries a {@link WaveError} to the door of this package; without a stack trace. */
final class WaveException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient WaveError error;

  WaveException(int position, String what, String seen, String allowed) {
    this(new WaveError(position, what, seen, allowed));
  }

  private WaveException(WaveError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  WaveError error() {
    return error;
  }
}
