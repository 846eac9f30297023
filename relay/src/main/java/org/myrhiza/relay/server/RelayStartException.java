// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import java.io.IOException;

/** A relay could not begin to listen; the message says where and why. */
public final class RelayStartException extends IOException {
  private static final long serialVersionUID = 1L;

  RelayStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
