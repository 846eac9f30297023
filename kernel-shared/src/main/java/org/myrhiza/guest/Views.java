// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.view.Element;
import org.myrhiza.view.Field;
import org.myrhiza.view.InputKind;
import org.myrhiza.view.Node;
import org.myrhiza.view.Severity;
import org.myrhiza.view.TextStyle;
import org.myrhiza.view.View;
import org.myrhiza.view.ViewCheck;
import org.myrhiza.wasm.value.Value;

/** From a guest's view, whose type is checked, to the kernel's, whose rules are checked here. */
final class Views {
  private Views() {}

  /** The view, or the first rule that it breaks. */
  static ViewCheck view(Value value) {
    List<Value> nodes = items(part(value, 0));
    if (nodes.size() > org.myrhiza.view.Limits.NODES) {
      return new ViewCheck.Bad(
          "nodes", "" + nodes.size(), "at most " + org.myrhiza.view.Limits.NODES);
    }
    List<Node> out = new ArrayList<>(nodes.size());
    for (Value node : nodes) {
      int children = ((Value.Int32) part(node, 1)).value();
      Value.Case element = (Value.Case) part(node, 0);
      ViewCheck.Bad bad = fieldsOutOfBounds(element);
      if (bad != null) {
        return bad;
      }
      if (children < 0) {
        return new ViewCheck.Bad("children", Integer.toUnsignedString(children), "below 2^31");
      }
      out.add(new Node(element(element), children));
    }
    return View.check(out);
  }

  private static ViewCheck.@Nullable Bad fieldsOutOfBounds(Value.Case element) {
    if (element.index() == 5) {
      for (Value field : items(part(payload(element), 2))) {
        if (!Field.withinBounds(text(part(field, 0)), text(part(field, 1)))) {
          return new ViewCheck.Bad("field of a button", "too long or without a name", "a field");
        }
      }
    }
    return null;
  }

  private static Element element(Value.Case element) {
    Value p = payload(element);
    return switch (element.index()) {
      case 0 -> new Element.Panel(text(p));
      case 1 -> new Element.ListBox(text(p));
      case 2 -> new Element.Text(style(part(p, 0)), text(part(p, 1)));
      case 3 -> new Element.Message(severity(part(p, 0)), text(part(p, 1)));
      case 4 -> new Element.Menu(text(p));
      case 5 -> new Element.Button(text(part(p, 0)), text(part(p, 1)), fields(part(p, 2)));
      case 6 -> new Element.Form(text(part(p, 0)), text(part(p, 1)));
      case 7 -> input(p);
      default -> new Element.Dialog(text(p));
    };
  }

  private static TextStyle style(Value value) {
    return switch (index(value)) {
      case 0 -> TextStyle.HEADING;
      case 1 -> TextStyle.BODY;
      case 2 -> TextStyle.STRONG;
      default -> TextStyle.MUTED;
    };
  }

  private static Severity severity(Value value) {
    return switch (index(value)) {
      case 0 -> Severity.INFO;
      case 1 -> Severity.SUCCESS;
      case 2 -> Severity.WARNING;
      default -> Severity.ERROR;
    };
  }

  private static Element input(Value p) {
    return new Element.Input(
        text(part(p, 0)),
        text(part(p, 1)),
        kind((Value.Case) part(p, 2)),
        part(p, 3).equals(Value.TRUE),
        part(p, 4).equals(Value.TRUE),
        text(part(p, 5)));
  }

  private static InputKind kind(Value.Case kind) {
    return switch (kind.index()) {
      case 0 -> new InputKind.Text();
      case 1 -> new InputKind.Whole();
      case 2 -> new InputKind.Choice(items(payload(kind)).stream().map(Views::text).toList());
      default -> new InputKind.Flag();
    };
  }

  private static List<Field> fields(Value list) {
    return items(list).stream().map(f -> new Field(text(part(f, 0)), text(part(f, 1)))).toList();
  }

  /** Fields as a guest's value. */
  static Value value(List<Field> fields) {
    List<Value> out = new ArrayList<>(fields.size());
    for (Field f : fields) {
      out.add(Value.Group.of(new Value.Text(f.name()), new Value.Text(f.value())));
    }
    return new Value.Items(out);
  }

  static Value part(Value value, int index) {
    return ((Value.Group) value).get(index);
  }

  static String text(Value value) {
    return ((Value.Text) value).value();
  }

  /** What a case carries; the type says that it carries something. */
  static Value payload(Value.Case value) {
    Value payload = value.payload();
    if (payload == null) {
      throw new IllegalStateException("a case without its payload");
    }
    return payload;
  }

  private static int index(Value value) {
    return ((Value.Case) value).index();
  }

  private static List<Value> items(Value value) {
    return ((Value.Items) value).elements();
  }
}
