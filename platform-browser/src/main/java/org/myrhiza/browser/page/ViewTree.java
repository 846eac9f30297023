// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.page;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.view.Element;
import org.myrhiza.view.Field;
import org.myrhiza.view.Node;
import org.myrhiza.view.View;

/**
 * A view as a tree, with what makes an element the same one in the next view: its kind, and what a
 * person's click or typing in it would do.
 *
 * @param element what to show
 * @param key kind and effect of this element alone
 * @param deepKey the same of everything below as well
 * @param children what is in it
 */
record ViewTree(Element element, String key, String deepKey, List<ViewTree> children) {
  /** Reads one view. */
  private static final class Reader {
    private final List<Node> nodes;
    private int at;

    Reader(List<Node> nodes) {
      this.nodes = nodes;
    }

    boolean more() {
      return at < nodes.size();
    }

    ViewTree read() {
      Node node = nodes.get(at);
      at++;
      String key = keyOf(node.element());
      StringBuilder deep = new StringBuilder(key);
      List<ViewTree> children = new ArrayList<>();
      for (int i = 0; i < node.children(); i++) {
        ViewTree child = read();
        children.add(child);
        deep.append('(').append(child.deepKey).append(')');
      }
      return new ViewTree(node.element(), key, deep.toString(), children);
    }
  }

  /** Returns the view's trees in order. */
  static List<ViewTree> of(View view) {
    Reader reader = new Reader(view.nodes());
    List<ViewTree> trees = new ArrayList<>();
    while (reader.more()) {
      trees.add(reader.read());
    }
    return trees;
  }

  private static String keyOf(Element element) {
    return switch (element) {
      case Element.Panel panel -> "panel";
      case Element.ListBox list -> "list";
      case Element.Text text -> "text " + text.style().name();
      case Element.Message message -> "message";
      case Element.Menu menu -> "menu";
      case Element.Dialog dialog -> "dialog";
      case Element.Button button -> "button " + button.action() + fields(button.fields());
      case Element.Form form -> "form " + form.action();
      case Element.Input input -> "input " + input.name() + " " + input.kind() + input.many();
    };
  }

  private static String fields(List<Field> fields) {
    StringBuilder out = new StringBuilder();
    for (Field field : fields) {
      out.append('\n').append(field.name()).append('=').append(field.value());
    }
    return out.toString();
  }
}
