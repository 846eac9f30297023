// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.view;

import java.util.List;

/** What became of fields given for an action. */
public sealed interface Filled {
  /**
   * They fit.
   *
   * @param fields what the action takes, in the form's order
   */
  record Ready(List<Field> fields) implements Filled {
    /** Copies the list. */
    public Ready {
      fields = List.copyOf(fields);
    }
  }

  /**
   * They do not.
   *
   * @param message what is wrong
   * @param hint what would be right
   */
  record Unready(String message, String hint) implements Filled {}
}
