// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A view as lines of plain text: two spaces per level, then what can be done. */
public final class ViewText {
  private static final String INDENT = "  ";

  private ViewText() {}

  /** The whole view; each line ends with a line feed. Same view, same text, on every platform. */
  public static String render(View view) {
    StringBuilder out = new StringBuilder();
    Deque<int[]> open = new ArrayDeque<>();
    Deque<Boolean> lists = new ArrayDeque<>();
    for (Node node : view.nodes()) {
      while (!open.isEmpty() && open.peek()[0] == 0) {
        open.pop();
        lists.pop();
      }
      String prefix = INDENT.repeat(open.size());
      if (!open.isEmpty()) {
        open.peek()[0]--;
        prefix = lists.peek() ? prefix + "- " : prefix;
      }
      lines(out, prefix, node.element());
      if (node.children() > 0) {
        open.push(new int[] {node.children()});
        lists.push(node.element() instanceof Element.ListBox);
      }
    }
    appendActions(out, view);
    return out.toString();
  }

  /** How an action is called on the command line, for example {@code vote option=1}. */
  public static String usage(Action action) {
    List<String> words = new ArrayList<>();
    words.add(word(action.name()));
    for (Field field : action.fixed()) {
      words.add(word(field.name() + "=" + field.value()));
    }
    for (Element.Input input : action.inputs()) {
      words.add(usage(input));
    }
    return String.join(" ", words);
  }

  static String usage(Element.Input input) {
    String value =
        switch (input.kind()) {
          case InputKind.Text text -> "TEXT";
          case InputKind.Whole whole -> "INTEGER";
          case InputKind.Choice choice -> choices(choice.options());
          case InputKind.Flag flag -> "true|false";
        };
    String field = Terminal.clean(input.name()) + "=" + value + (input.many() ? "..." : "");
    return input.required() ? field : "[" + field + "]";
  }

  private static String choices(List<String> options) {
    List<String> cleaned = new ArrayList<>();
    for (String option : options) {
      cleaned.add(word(option));
    }
    return String.join("|", cleaned);
  }

  private static void lines(StringBuilder out, String prefix, Element element) {
    switch (element) {
      case Element.Panel panel -> titled(out, prefix, panel.title());
      case Element.ListBox list -> titled(out, prefix, list.label());
      case Element.Menu menu -> titled(out, prefix, menu.label());
      case Element.Dialog dialog -> titled(out, prefix, dialog.title());
      case Element.Text text -> paragraph(out, prefix, mark(text.style()), text.content());
      case Element.Message message ->
          paragraph(out, prefix, mark(message.severity()), message.content());
      case Element.Button button -> line(out, prefix, "[" + Terminal.clean(button.label()) + "]");
      case Element.Form form -> titled(out, prefix, form.label());
      case Element.Input input ->
          line(out, prefix, Terminal.clean(input.label()) + ": " + usage(input));
    }
  }

  private static void titled(StringBuilder out, String prefix, String title) {
    line(out, prefix, title.isEmpty() ? "" : Terminal.clean(title) + ":");
  }

  private static String mark(TextStyle style) {
    return style == TextStyle.HEADING ? "# " : "";
  }

  private static String mark(Severity severity) {
    return switch (severity) {
      case INFO -> "info: ";
      case SUCCESS -> "done: ";
      case WARNING -> "warning: ";
      case ERROR -> "error: ";
    };
  }

  private static void paragraph(StringBuilder out, String prefix, String mark, String content) {
    for (String line : content.split("\n", -1)) {
      line(out, prefix, mark + Terminal.clean(line));
    }
  }

  private static void line(StringBuilder out, String prefix, String text) {
    if (!text.isEmpty()) {
      out.append(prefix).append(text).append('\n');
    }
  }

  private static void appendActions(StringBuilder out, View view) {
    List<Action> actions = Actions.of(view);
    if (actions.isEmpty()) {
      return;
    }
    out.append("Actions:\n");
    for (Action action : actions) {
      out.append(INDENT).append(usage(action));
      out.append("  (").append(Terminal.clean(action.label())).append(")\n");
    }
  }

  private static String word(String text) {
    String clean = Terminal.clean(text);
    return clean.indexOf(' ') >= 0 || clean.indexOf('\'') >= 0 || clean.isEmpty()
        ? '"' + clean + '"'
        : clean;
  }
}
