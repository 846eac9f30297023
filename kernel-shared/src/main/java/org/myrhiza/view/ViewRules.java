// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.view;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Utf8;

/** The rules of a well-formed view, checked in one pass without recursion. */
final class ViewRules {
  private static final int OUTSIDE = -1;

  /** Children that are still to come of each open node, innermost last. */
  private final Deque<int[]> open = new ArrayDeque<>();

  private int textBytes;
  private int formDepth = OUTSIDE;
  private int inputs;

  private ViewRules() {}

  /** The first broken rule, or null when the nodes are a view. */
  static ViewCheck.@Nullable Bad firstBroken(List<Node> nodes) {
    if (nodes.size() > Limits.NODES) {
      return bad("nodes of a view", nodes.size(), "at most " + Limits.NODES);
    }
    ViewRules rules = new ViewRules();
    for (int i = 0; i < nodes.size(); i++) {
      ViewCheck.Bad bad = rules.enter(nodes.get(i), nodes.size() - i - 1);
      if (bad != null) {
        return bad;
      }
    }
    return rules.open.isEmpty()
        ? null
        : bad("children of a node", "fewer than counted", "as many as its count");
  }

  private ViewCheck.@Nullable Bad enter(Node node, int following) {
    leaveDone();
    if (!open.isEmpty()) {
      open.peek()[0]--;
    }
    int depth = open.size() + 1;
    if (depth > Limits.DEPTH) {
      return bad("depth of a view", depth, "at most " + Limits.DEPTH);
    }
    if (node.children() < 0 || node.children() > following) {
      return bad("children of a node", node.children(), "0 to " + following);
    }
    ViewCheck.Bad bad = element(node.element(), depth, node.children());
    if (bad != null) {
      return bad;
    }
    if (node.children() > 0) {
      open.push(new int[] {node.children()});
    } else if (formDepth == depth) {
      formDepth = OUTSIDE;
    }
    leaveDoneAfterLast(following);
    return null;
  }

  private void leaveDone() {
    while (!open.isEmpty() && open.peek()[0] == 0) {
      if (formDepth == open.size()) {
        formDepth = OUTSIDE;
      }
      open.pop();
    }
  }

  private void leaveDoneAfterLast(int following) {
    if (following == 0) {
      leaveDone();
    }
  }

  private ViewCheck.@Nullable Bad element(Element element, int depth, int children) {
    return switch (element) {
      case Element.Panel panel -> text(panel.title());
      case Element.ListBox list -> text(list.label());
      case Element.Text text -> leaf(children, text.content());
      case Element.Message message -> leaf(children, message.content());
      case Element.Menu menu -> text(menu.label());
      case Element.Dialog dialog -> text(dialog.title());
      case Element.Button button -> button(button, children);
      case Element.Form form -> form(form, depth);
      case Element.Input input -> input(input, children);
    };
  }

  private ViewCheck.@Nullable Bad leaf(int children, String content) {
    if (children != 0) {
      return bad("children of a leaf element", children, "0");
    }
    return text(content);
  }

  private ViewCheck.@Nullable Bad button(Element.Button button, int children) {
    ViewCheck.Bad bad = leaf(children, button.label());
    if (bad == null) {
      bad = name("action", button.action());
    }
    if (bad == null && button.fields().size() > Limits.FIELDS) {
      bad = bad("fields of a button", button.fields().size(), "at most " + Limits.FIELDS);
    }
    for (Field field : button.fields()) {
      bad = bad != null ? bad : text(field.name());
      bad = bad != null ? bad : text(field.value());
    }
    return bad;
  }

  private ViewCheck.@Nullable Bad form(Element.Form form, int depth) {
    if (formDepth != OUTSIDE) {
      return bad("place of a form", "inside a form", "outside any form");
    }
    formDepth = depth;
    inputs = 0;
    // A creation form has no action to name: its sending is the creation itself.
    ViewCheck.Bad bad = form.action().isEmpty() ? null : name("action", form.action());
    return bad != null ? bad : text(form.label());
  }

  private ViewCheck.@Nullable Bad input(Element.Input input, int children) {
    if (formDepth == OUTSIDE) {
      return bad("place of an input", "outside any form", "inside a form");
    }
    if (++inputs > Limits.INPUTS) {
      return bad("inputs of a form", inputs, "at most " + Limits.INPUTS);
    }
    ViewCheck.Bad bad = leaf(children, input.label());
    bad = bad != null ? bad : name("input", input.name());
    bad = bad != null ? bad : text(input.value());
    if (bad == null && input.kind() instanceof InputKind.Choice choice) {
      bad = options(choice.options());
    }
    return bad;
  }

  private ViewCheck.@Nullable Bad options(List<String> options) {
    if (options.isEmpty() || options.size() > Limits.OPTIONS) {
      return bad("options of a choice", options.size(), "1 to " + Limits.OPTIONS);
    }
    for (String option : options) {
      ViewCheck.Bad bad = text(option);
      if (bad != null) {
        return bad;
      }
    }
    return null;
  }

  private ViewCheck.@Nullable Bad name(String what, String name) {
    ViewCheck.Bad bad = text(name);
    if (bad != null) {
      return bad;
    }
    int size = Utf8.encode(name).size();
    return size >= 1 && size <= Limits.NAME_BYTES
        ? null
        : bad("bytes of the name of an " + what, size, "1 to " + Limits.NAME_BYTES);
  }

  private ViewCheck.@Nullable Bad text(String text) {
    if (text.length() > Limits.TEXT_BYTES) {
      return bad("text of a view", text.length(), "at most " + Limits.TEXT_BYTES + " bytes");
    }
    if (!Utf8.isWellFormed(text)) {
      return bad("text of a view", "a lone surrogate", "well-formed text");
    }
    textBytes += Utf8.encode(text).size();
    return textBytes <= Limits.TEXT_BYTES
        ? null
        : bad("text of a view", textBytes, "at most " + Limits.TEXT_BYTES + " bytes");
  }

  private static ViewCheck.Bad bad(String what, long seen, String allowed) {
    return new ViewCheck.Bad(what, Long.toString(seen), allowed);
  }

  private static ViewCheck.Bad bad(String what, String seen, String allowed) {
    return new ViewCheck.Bad(what, seen, allowed);
  }
}
