// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import java.io.IOException;

/** An address cannot be listened on; the message says which and why. */
public final class LinkException extends IOException {
  private static final long serialVersionUID = 1L;

  LinkException(String message, Throwable cause) {
    super(message, cause);
  }
}
