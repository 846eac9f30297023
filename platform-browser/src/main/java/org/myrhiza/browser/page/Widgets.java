// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.page;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.view.Element;
import org.myrhiza.view.Field;
import org.myrhiza.view.InputKind;
import org.myrhiza.view.Severity;
import org.myrhiza.view.TextStyle;
import org.teavm.jso.JSObject;

/** Makes and changes the page's elements for the elements of views, one by one. */
final class Widgets {
  private final Renderer.Acts acts;
  private final boolean enabled;
  private final String name;

  /** Makes them for an app of a name, which the page shows already. */
  Widgets(Renderer.Acts acts, boolean enabled, String name) {
    this.acts = acts;
    this.enabled = enabled;
    this.name = name;
  }

  /** Makes an element without its children. */
  Shown make(ViewTree tree) {
    return switch (tree.element()) {
      case Element.Panel panel -> titled(tree, "panel", panel.title());
      case Element.Dialog dialog -> titled(tree, "panel raised", dialog.title());
      case Element.ListBox list -> labelled(plain(tree, "ul", "list"), list.label());
      case Element.Menu menu -> {
        Shown made = labelled(plain(tree, "div", "menu"), menu.label());
        Dom.attribute(made.own, "role", "group");
        yield made;
      }
      case Element.Text text -> {
        Shown made = plain(tree, text.style() == TextStyle.HEADING ? "h4" : "p", style(text));
        Dom.text(made.own, text.content());
        yield made;
      }
      case Element.Message message -> {
        Shown made = plain(tree, "p", severity(message.severity()));
        Dom.attribute(made.own, "role", "status");
        Dom.text(made.own, message.content());
        yield made;
      }
      case Element.Button button -> button(tree, button);
      case Element.Form form -> form(tree, form);
      case Element.Input input -> input(tree, input);
    };
  }

  /** Changes an element of the same key to what it is now, its children left alone. */
  void change(Shown shown, ViewTree tree) {
    switch (tree.element()) {
      case Element.Panel panel -> retitle(shown, panel.title());
      case Element.Dialog dialog -> retitle(shown, dialog.title());
      case Element.ListBox list -> labelled(shown, list.label());
      case Element.Menu menu -> labelled(shown, menu.label());
      case Element.Text text -> Dom.text(shown.own, text.content());
      case Element.Message message -> {
        Dom.attribute(shown.own, "class", severity(message.severity()));
        Dom.text(shown.own, message.content());
      }
      case Element.Button button -> Dom.text(shown.own, button.label());
      case Element.Form form -> Dom.text(label(shown), form.label());
      case Element.Input input -> changeInput(shown, input);
    }
  }

  private static Shown plain(ViewTree tree, String tag, String style) {
    JSObject own = Dom.create(tag);
    Dom.attribute(own, "class", style);
    return new Shown(tree, own, own);
  }

  private static Shown labelled(Shown shown, String label) {
    if (label.isEmpty()) {
      Dom.unset(shown.own, "aria-label");
    } else {
      Dom.attribute(shown.own, "aria-label", label);
    }
    return shown;
  }

  private static JSObject child(JSObject parent, String tag) {
    JSObject made = Dom.create(tag);
    Dom.append(parent, made);
    return made;
  }

  private static JSObject label(Shown shown) {
    JSObject label = shown.label;
    return label == null ? shown.own : label;
  }

  private Shown titled(ViewTree tree, String style, String title) {
    JSObject own = Dom.create("section");
    Dom.attribute(own, "class", style);
    JSObject heading = child(own, "h3");
    JSObject body = child(own, "div");
    Dom.attribute(body, "class", "body");
    Shown made = new Shown(tree, own, body);
    made.label = heading;
    retitle(made, title);
    return made;
  }

  private void retitle(Shown shown, String title) {
    labelled(shown, title);
    Dom.text(label(shown), title);
    Dom.show(label(shown), !title.isEmpty() && !title.equals(name));
  }

  private static String style(Element.Text text) {
    return switch (text.style()) {
      case HEADING -> "heading";
      case BODY -> "body-text";
      case STRONG -> "strong";
      case MUTED -> "muted";
    };
  }

  private static String severity(Severity severity) {
    return switch (severity) {
      case INFO -> "message info";
      case SUCCESS -> "message success";
      case WARNING -> "message warning";
      case ERROR -> "message error";
    };
  }

  private Shown button(ViewTree tree, Element.Button button) {
    Shown made = plain(tree, "button", "act");
    Dom.attribute(made.own, "type", "button");
    Dom.attribute(made.own, "data-action", button.action());
    Dom.text(made.own, button.label());
    Dom.enable(made.own, enabled);
    Dom.on(made.own, "click", () -> acts.act(button.action(), button.fields(), () -> {}));
    return made;
  }

  private Shown form(ViewTree tree, Element.Form form) {
    JSObject own = Dom.create("form");
    Dom.attribute(own, "data-action", form.action());
    JSObject fields = child(own, "div");
    Dom.attribute(fields, "class", "fields");
    JSObject send = child(own, "button");
    Dom.attribute(send, "data-action", form.action());
    Dom.text(send, form.label());
    Dom.enable(send, enabled);
    Shown made = new Shown(tree, own, fields);
    made.label = send;
    Dom.on(own, "submit", () -> send(made, form.action()));
    return made;
  }

  private void send(Shown form, String action) {
    List<Field> fields = new ArrayList<>();
    List<Shown> inputs = form.inputs();
    for (Shown each : inputs) {
      each.sent = value(each);
      read(each, fields);
    }
    acts.act(action, fields, () -> inputs.forEach(Widgets::taken));
  }

  /** Empties an input whose content was taken, unless a person has typed on. */
  private static void taken(Shown input) {
    if (input.tree.element() instanceof Element.Input proposed && value(input).equals(input.sent)) {
      fill(input, proposed);
    }
  }

  private static JSObject control(Shown input) {
    JSObject control = input.control;
    return control == null ? input.own : control;
  }

  private static boolean isFlag(Element.Input input) {
    return input.kind() instanceof InputKind.Flag;
  }

  private static String value(Shown shown) {
    if (shown.tree.element() instanceof Element.Input input && isFlag(input)) {
      return Dom.checked(control(shown)) ? "true" : "false";
    }
    return Dom.value(control(shown));
  }

  private static void read(Shown shown, List<Field> into) {
    if (!(shown.tree.element() instanceof Element.Input input)) {
      return;
    }
    if (!input.many()) {
      into.add(new Field(input.name(), value(shown)));
      return;
    }
    for (String line : lines(value(shown))) {
      into.add(new Field(input.name(), line));
    }
  }

  private Shown input(ViewTree tree, Element.Input input) {
    JSObject row = Dom.create("label");
    Dom.attribute(row, "class", isFlag(input) ? "field flag" : "field");
    Shown made = new Shown(tree, row, row);
    JSObject name = child(row, "span");
    Dom.text(name, input.label());
    made.label = name;
    JSObject control =
        switch (input.kind()) {
          case InputKind.Text() -> child(row, input.many() ? "textarea" : "input");
          case InputKind.Whole() -> whole(row);
          case InputKind.Choice(List<String> options) -> choice(row, options);
          case InputKind.Flag() -> flag(row);
        };
    Dom.attribute(control, "name", input.name());
    Dom.attribute(control, "autocomplete", "off");
    Dom.enable(control, enabled);
    made.control = control;
    require(made, input);
    fill(made, input);
    return made;
  }

  private static void changeInput(Shown shown, Element.Input input) {
    Dom.text(label(shown), input.label());
    require(shown, input);
    if (shown.tree.element() instanceof Element.Input before
        && value(shown).equals(proposal(shown, before))
        && !before.value().equals(input.value())) {
      fill(shown, input);
    }
  }

  private static void require(Shown shown, Element.Input input) {
    if (input.required() && !isFlag(input)) {
      Dom.attribute(control(shown), "required", "");
    } else {
      Dom.unset(control(shown), "required");
    }
  }

  /** What an input holds that nobody has touched. */
  private static String proposal(Shown shown, Element.Input input) {
    return switch (input.kind()) {
      case InputKind.Flag() -> "true".equals(input.value()) ? "true" : "false";
      case InputKind.Choice(List<String> options) ->
          input.value().isEmpty() ? value(shown) : input.value();
      case InputKind.Text(), InputKind.Whole() -> input.value();
    };
  }

  private static void fill(Shown shown, Element.Input input) {
    String value = proposal(shown, input);
    if (isFlag(input)) {
      Dom.setChecked(control(shown), "true".equals(value));
    } else {
      Dom.setValue(control(shown), value);
    }
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
}
