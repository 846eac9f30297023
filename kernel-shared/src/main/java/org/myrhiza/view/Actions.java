// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.view;

import java.util.ArrayList;
import java.util.List;

/** The actions of a view. */
public final class Actions {
  private Actions() {}

  /** One entry per button and form, in order of appearance. */
  public static List<Action> of(View view) {
    List<Action> actions = new ArrayList<>();
    List<Node> nodes = view.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      Element element = nodes.get(i).element();
      if (element instanceof Element.Button button) {
        actions.add(new Action(button.action(), button.label(), false, button.fields(), List.of()));
      } else if (element instanceof Element.Form form) {
        actions.add(new Action(form.action(), form.label(), true, List.of(), inputs(nodes, i)));
      }
    }
    return List.copyOf(actions);
  }

  private static List<Element.Input> inputs(List<Node> nodes, int form) {
    List<Element.Input> inputs = new ArrayList<>();
    int end = end(nodes, form);
    for (int i = form + 1; i < end; i++) {
      if (nodes.get(i).element() instanceof Element.Input input) {
        inputs.add(input);
      }
    }
    return inputs;
  }

  /** The index behind the last node of the subtree that starts at a node. */
  private static int end(List<Node> nodes, int start) {
    int outstanding = 1;
    int i = start;
    while (outstanding > 0) {
      outstanding += nodes.get(i).children() - 1;
      i++;
    }
    return i;
  }
}
