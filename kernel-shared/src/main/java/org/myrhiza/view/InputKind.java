// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.view;

import java.util.List;

/** What an input of a form takes. The order is that of the WIT variant. */
public sealed interface InputKind {
  /** Any text. */
  record Text() implements InputKind {}

  /** A decimal integer, optionally with a leading minus sign. */
  record Whole() implements InputKind {}

  /**
   * One of the options.
   *
   * @param options what may be chosen, in the app's order
   */
  record Choice(List<String> options) implements InputKind {
    /** Copies the list. */
    public Choice {
      options = List.copyOf(options);
    }
  }

  /** {@code true} or {@code false}. */
  record Flag() implements InputKind {}
}
