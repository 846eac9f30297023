// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.view;

/** Whether a list of nodes is a view. */
public sealed interface ViewCheck {
  /**
   * It is.
   *
   * @param view the view
   */
  record Good(View view) implements ViewCheck {}

  /**
   * It is not.
   *
   * @param what the rule that it breaks
   * @param seen the value seen
   * @param allowed what would be allowed
   */
  record Bad(String what, String seen, String allowed) implements ViewCheck {
    /** All three parts as one sentence. */
    public String message() {
      return what + ": seen " + seen + ", allowed " + allowed;
    }
  }
}
