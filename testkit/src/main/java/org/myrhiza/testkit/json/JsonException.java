// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.json;

/** A text is not JSON, or a value is not of the kind that was asked for. */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JsonException(String message) {
    super(message);
  }
}
