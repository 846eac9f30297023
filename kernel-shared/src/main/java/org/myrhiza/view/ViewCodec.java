// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.view;

import java.util.List;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;

/** Canonical bytes of a view: version, then the nodes in preorder. */
final class ViewCodec {
  private static final int VERSION = 1;
  private static final int PANEL = 0;
  private static final int LIST = 1;
  private static final int TEXT = 2;
  private static final int MESSAGE = 3;
  private static final int MENU = 4;
  private static final int BUTTON = 5;
  private static final int FORM = 6;
  private static final int INPUT = 7;
  private static final int DIALOG = 8;

  private static final List<TextStyle> STYLES = List.of(TextStyle.values());
  private static final List<Severity> SEVERITIES = List.of(Severity.values());

  private static final Codec<String> OPTION =
      Codec.of(ViewCodec::text, r -> r.text(Limits.TEXT_BYTES));
  private static final Codec<Node> NODE = Codec.of(ViewCodec::writeNode, ViewCodec::readNode);

  private ViewCodec() {}

  static void write(CanonicalWriter w, View view) {
    w.u8(VERSION);
    w.list(view.nodes(), Limits.NODES, NODE);
  }

  static View read(CanonicalReader r) {
    r.version(VERSION);
    return switch (View.check(r.list(Limits.NODES, NODE))) {
      case ViewCheck.Good good -> good.view();
      case ViewCheck.Bad bad -> throw r.fail(bad.what(), bad.seen(), bad.allowed());
    };
  }

  private static void text(CanonicalWriter w, String text) {
    w.text(text, Limits.TEXT_BYTES);
  }

  private static void writeNode(CanonicalWriter w, Node node) {
    switch (node.element()) {
      case Element.Panel panel -> labelled(w, PANEL, panel.title());
      case Element.ListBox list -> labelled(w, LIST, list.label());
      case Element.Text text -> {
        w.u8(TEXT);
        w.u8(STYLES.indexOf(text.style()));
        text(w, text.content());
      }
      case Element.Message message -> {
        w.u8(MESSAGE);
        w.u8(SEVERITIES.indexOf(message.severity()));
        text(w, message.content());
      }
      case Element.Menu menu -> labelled(w, MENU, menu.label());
      case Element.Button button -> {
        labelled(w, BUTTON, button.action());
        text(w, button.label());
        w.list(button.fields(), Limits.FIELDS, Field.CODEC);
      }
      case Element.Form form -> {
        labelled(w, FORM, form.action());
        text(w, form.label());
      }
      case Element.Input input -> writeInput(w, input);
      case Element.Dialog dialog -> labelled(w, DIALOG, dialog.title());
    }
    w.leb(node.children());
  }

  private static void labelled(CanonicalWriter w, int kind, String label) {
    w.u8(kind);
    text(w, label);
  }

  private static void writeInput(CanonicalWriter w, Element.Input input) {
    labelled(w, INPUT, input.name());
    text(w, input.label());
    switch (input.kind()) {
      case InputKind.Text text -> w.u8(0);
      case InputKind.Whole whole -> w.u8(1);
      case InputKind.Choice choice -> {
        w.u8(2);
        w.list(choice.options(), Limits.OPTIONS, OPTION);
      }
      case InputKind.Flag flag -> w.u8(3);
    }
    w.flag(input.required());
    w.flag(input.many());
    text(w, input.value());
  }

  private static Node readNode(CanonicalReader r) {
    Element element = readElement(r);
    return new Node(element, r.at("children of a node").lebInt(Limits.NODES));
  }

  private static Element readElement(CanonicalReader r) {
    int kind = r.u8();
    return switch (kind) {
      case PANEL -> new Element.Panel(r.text(Limits.TEXT_BYTES));
      case LIST -> new Element.ListBox(r.text(Limits.TEXT_BYTES));
      case TEXT -> new Element.Text(STYLES.get(r.choice(STYLES.size())), r.text(Limits.TEXT_BYTES));
      case MESSAGE ->
          new Element.Message(
              SEVERITIES.get(r.choice(SEVERITIES.size())), r.text(Limits.TEXT_BYTES));
      case MENU -> new Element.Menu(r.text(Limits.TEXT_BYTES));
      case BUTTON -> {
        String action = r.text(Limits.TEXT_BYTES);
        String label = r.text(Limits.TEXT_BYTES);
        yield new Element.Button(action, label, r.list(Limits.FIELDS, Field.CODEC));
      }
      case FORM -> {
        String action = r.text(Limits.TEXT_BYTES);
        yield new Element.Form(action, r.text(Limits.TEXT_BYTES));
      }
      case INPUT -> readInput(r);
      case DIALOG -> new Element.Dialog(r.text(Limits.TEXT_BYTES));
      default -> throw r.fail("element kind", Integer.toString(kind), "0 to " + DIALOG);
    };
  }

  private static Element readInput(CanonicalReader r) {
    String name = r.text(Limits.TEXT_BYTES);
    String label = r.text(Limits.TEXT_BYTES);
    InputKind kind = kind(r);
    boolean required = r.flag();
    boolean many = r.flag();
    return new Element.Input(name, label, kind, required, many, r.text(Limits.TEXT_BYTES));
  }

  private static InputKind kind(CanonicalReader r) {
    int kind = r.u8();
    return switch (kind) {
      case 0 -> new InputKind.Text();
      case 1 -> new InputKind.Whole();
      case 2 -> new InputKind.Choice(r.list(Limits.OPTIONS, OPTION));
      case 3 -> new InputKind.Flag();
      default -> throw r.fail("input kind", Integer.toString(kind), "0 to 3");
    };
  }
}
