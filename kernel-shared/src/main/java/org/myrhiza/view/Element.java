// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.view;

import java.util.List;

/** One element of a view. The order is that of the WIT variant; bounds are {@link View}'s. */
public sealed interface Element {
  /**
   * A titled group.
   *
   * @param title its title, may be empty
   */
  record Panel(String title) implements Element {}

  /**
   * A list whose children are its items.
   *
   * @param label what it lists
   */
  record ListBox(String label) implements Element {}

  /**
   * A run of text.
   *
   * @param style how it stands out
   * @param content the text
   */
  record Text(TextStyle style, String content) implements Element {}

  /**
   * Something the app tells the user.
   *
   * @param severity how grave it is
   * @param content the text
   */
  record Message(Severity severity, String content) implements Element {}

  /**
   * A group of buttons.
   *
   * @param label what they are about
   */
  record Menu(String label) implements Element {}

  /**
   * A button that acts at once.
   *
   * @param action the action it proposes
   * @param label its caption
   * @param fields what goes with the action
   */
  record Button(String action, String label, List<Field> fields) implements Element {
    /** Copies the list. */
    public Button {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A form whose descendants include its inputs.
   *
   * @param action the action it proposes when sent
   * @param label the caption of its send button
   */
  record Form(String action, String label) implements Element {}

  /**
   * A field of a form.
   *
   * @param name the field's name
   * @param label its caption
   * @param kind what it takes
   * @param required whether an empty answer is refused
   * @param many whether it may be given more than once
   * @param value what stands in it at first
   */
  record Input(
      String name, String label, InputKind kind, boolean required, boolean many, String value)
      implements Element {}

  /**
   * Something to be answered before the rest.
   *
   * @param title its title
   */
  record Dialog(String title) implements Element {}
}
