// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.myrhiza.view.Element;
import org.myrhiza.view.Field;
import org.myrhiza.view.InputKind;
import org.myrhiza.view.Node;
import org.myrhiza.view.View;
import org.teavm.jso.JSObject;

/**
 * Turns an app's view into elements and text nodes. Nothing of an app becomes markup, a URL or
 * code. A new view keeps the focus and what the user has typed so far.
 */
final class Renderer {
  private final String prefix;
  private final JSObject region;
  private final Acts acts;
  private final Map<String, String> typed = new TreeMap<>();
  private List<Node> nodes = List.of();
  private int at;
  private int serial;

  /** Takes what the user did. */
  interface Acts {
    /** The user sent a form or pressed a button. */
    void act(String action, List<Field> fields);
  }

  /** Reads one input of a form. */
  private interface Reader {
    void read(List<Field> into);
  }

  /** Where inputs register: the form around them. */
  private static final class FormScope {
    final String action;
    final List<Reader> readers = new ArrayList<>();

    FormScope(String action) {
      this.action = action;
    }
  }

  Renderer(String prefix, JSObject region, Acts acts) {
    this.prefix = prefix;
    this.region = region;
    this.acts = acts;
  }

  /** Shows a view. */
  void show(View view, boolean enabled) {
    String focused = Dom.focusedId();
    Dom.clear(region);
    nodes = view.nodes();
    at = 0;
    serial = 0;
    FormScope outside = new FormScope("");
    while (at < nodes.size()) {
      render(region, outside, enabled);
    }
    if (focused.startsWith(prefix)) {
      JSObject again = Dom.find(focused);
      if (again != null) {
        Dom.focus(again);
      }
    }
  }

  private void render(JSObject parent, FormScope form, boolean enabled) {
    Node node = nodes.get(at);
    at++;
    FormScope inner =
        node.element() instanceof Element.Form(String action, String label)
            ? new FormScope(action)
            : form;
    JSObject made = element(parent, node.element(), inner, enabled);
    boolean items = node.element() instanceof Element.ListBox;
    for (int i = 0; i < node.children(); i++) {
      render(items ? child(made, "li") : made, inner, enabled);
    }
    if (node.element() instanceof Element.Form(String action, String label)) {
      button(made, action, label, enabled);
      Dom.attribute(child(made, "span"), "class", "spacer");
    }
  }

  private JSObject element(JSObject parent, Element element, FormScope form, boolean enabled) {
    return switch (element) {
      case Element.Panel(String title) -> titled(parent, "section", title);
      case Element.ListBox(String label) -> labelled(child(parent, "ul"), label);
      case Element.Text text -> text(parent, text);
      case Element.Message message -> message(parent, message);
      case Element.Menu(String label) -> menu(parent, label);
      case Element.Dialog(String title) -> titled(parent, "section", title);
      case Element.Button button -> {
        JSObject made = button(parent, button.action(), button.label(), enabled);
        Dom.attribute(made, "type", "button");
        Dom.on(made, "click", () -> acts.act(button.action(), button.fields()));
        yield made;
      }
      case Element.Form(String action, String label) -> form(parent, form);
      case Element.Input input -> input(parent, input, form, enabled);
    };
  }

  private static JSObject child(JSObject parent, String tag) {
    JSObject made = Dom.create(tag);
    Dom.append(parent, made);
    return made;
  }

  private static JSObject labelled(JSObject node, String label) {
    if (!label.isEmpty()) {
      Dom.attribute(node, "aria-label", label);
    }
    return node;
  }

  private static JSObject titled(JSObject parent, String tag, String title) {
    JSObject made = labelled(child(parent, tag), title);
    Dom.attribute(made, "class", "panel");
    if (!title.isEmpty()) {
      Dom.text(child(made, "h3"), title);
    }
    return made;
  }

  private static JSObject menu(JSObject parent, String label) {
    JSObject made = labelled(child(parent, "div"), label);
    Dom.attribute(made, "role", "group");
    Dom.attribute(made, "class", "menu");
    return made;
  }

  private static JSObject text(JSObject parent, Element.Text text) {
    JSObject made =
        child(
            parent,
            switch (text.style()) {
              case HEADING -> "h4";
              case BODY, MUTED, STRONG -> "p";
            });
    Dom.attribute(
        made,
        "class",
        switch (text.style()) {
          case HEADING -> "heading";
          case BODY -> "body";
          case STRONG -> "strong";
          case MUTED -> "muted";
        });
    Dom.text(made, text.content());
    return made;
  }

  private static JSObject message(JSObject parent, Element.Message message) {
    JSObject made = child(parent, "p");
    Dom.attribute(
        made,
        "class",
        switch (message.severity()) {
          case INFO -> "message info";
          case SUCCESS -> "message success";
          case WARNING -> "message warning";
          case ERROR -> "message error";
        });
    Dom.attribute(made, "role", "status");
    Dom.text(made, message.content());
    return made;
  }

  private JSObject button(JSObject parent, String action, String label, boolean enabled) {
    JSObject made = child(parent, "button");
    Dom.attribute(made, "id", id("do-" + action));
    Dom.attribute(made, "data-action", action);
    Dom.text(made, label);
    Dom.enable(made, enabled);
    return made;
  }

  private String id(String name) {
    serial++;
    return prefix + "-" + serial + "-" + name;
  }

  private JSObject form(JSObject parent, FormScope form) {
    JSObject made = child(parent, "form");
    Dom.attribute(made, "data-action", form.action);
    Dom.on(
        made,
        "submit",
        () -> {
          List<Field> fields = new ArrayList<>();
          form.readers.forEach(reader -> reader.read(fields));
          acts.act(form.action, fields);
        });
    return made;
  }

  private JSObject input(JSObject parent, Element.Input input, FormScope form, boolean enabled) {
    JSObject row = child(parent, "label");
    Dom.attribute(row, "class", "field");
    Dom.text(child(row, "span"), input.label());
    String id = id(form.action + "-" + input.name());
    JSObject made =
        switch (input.kind()) {
          case InputKind.Text() -> child(row, input.many() ? "textarea" : "input");
          case InputKind.Whole() -> whole(row);
          case InputKind.Choice(List<String> options) -> choice(row, options);
          case InputKind.Flag() -> flag(row);
        };
    Dom.attribute(made, "id", id);
    Dom.attribute(made, "name", input.name());
    Dom.enable(made, enabled);
    if (input.required() && !(input.kind() instanceof InputKind.Flag)) {
      Dom.attribute(made, "required", "");
    }
    fill(made, input, id);
    form.readers.add(into -> read(made, input, into));
    return row;
  }

  private static JSObject whole(JSObject row) {
    JSObject made = child(row, "input");
    Dom.attribute(made, "inputmode", "numeric");
    Dom.attribute(made, "pattern", "-?[0-9]*");
    Dom.attribute(made, "title", "a whole number");
    return made;
  }

  private static JSObject choice(JSObject row, List<String> options) {
    JSObject made = child(row, "select");
    for (String option : options) {
      JSObject each = child(made, "option");
      Dom.attribute(each, "value", option);
      Dom.text(each, option);
    }
    return made;
  }

  private static JSObject flag(JSObject row) {
    JSObject made = child(row, "input");
    Dom.attribute(made, "type", "checkbox");
    return made;
  }

  /** Puts in what the user typed before, else what the app proposes. */
  private void fill(JSObject made, Element.Input input, String id) {
    String before = typed.get(id);
    if (input.kind() instanceof InputKind.Flag) {
      Dom.setChecked(made, "true".equals(before == null ? input.value() : before));
      Dom.onInput(made, () -> typed.put(id, Dom.checked(made) ? "true" : "false"));
      return;
    }
    String value = before == null ? input.value() : before;
    if (!(input.kind() instanceof InputKind.Choice) || !value.isEmpty()) {
      Dom.setValue(made, value);
    }
    Dom.onInput(made, () -> typed.put(id, Dom.value(made)));
  }

  private static void read(JSObject made, Element.Input input, List<Field> into) {
    if (input.kind() instanceof InputKind.Flag) {
      into.add(new Field(input.name(), Dom.checked(made) ? "true" : "false"));
    } else if (input.many()) {
      for (String line : lines(Dom.value(made))) {
        into.add(new Field(input.name(), line));
      }
    } else {
      into.add(new Field(input.name(), Dom.value(made)));
    }
  }

  /** Returns the lines that are not blank, without the blanks around them. */
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    while (from <= text.length()) {
      int end = text.indexOf('\n', from);
      int to = end < 0 ? text.length() : end;
      String line = text.substring(from, to).strip();
      if (!line.isEmpty()) {
        lines.add(line);
      }
      from = to + 1;
    }
    return lines;
  }

  /** Forgets what was typed: the action was taken. */
  void taken() {
    typed.clear();
  }
}
