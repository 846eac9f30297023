// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.view;

import java.util.List;

/**
 * Something the user can do in a view: one button or one form.
 *
 * @param name the action's name
 * @param label its caption
 * @param form whether it is a form, else a button
 * @param fixed what a button sends along; empty for a form
 * @param inputs what a form asks for; empty for a button
 */
public record Action(
    String name, String label, boolean form, List<Field> fixed, List<Element.Input> inputs) {
  /** Copies the lists. */
  public Action {
    fixed = List.copyOf(fixed);
    inputs = List.copyOf(inputs);
  }
}
