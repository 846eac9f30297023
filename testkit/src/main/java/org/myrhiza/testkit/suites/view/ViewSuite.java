// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.HostileBytes;
import org.myrhiza.view.Actions;
import org.myrhiza.view.Element;
import org.myrhiza.view.Field;
import org.myrhiza.view.Filled;
import org.myrhiza.view.Filling;
import org.myrhiza.view.InputKind;
import org.myrhiza.view.Limits;
import org.myrhiza.view.Node;
import org.myrhiza.view.Severity;
import org.myrhiza.view.TextStyle;
import org.myrhiza.view.View;
import org.myrhiza.view.ViewCheck;
import org.myrhiza.view.ViewText;

/** Views are well-formed or refused, and what a user gives fits a form or is told why not. */
final class ViewSuite {
  private static final InputKind TEXT = new InputKind.Text();
  private static final View POLL =
      new View(
          List.of(
              new Node(new Element.Panel("Lunch"), 4),
              new Node(new Element.Message(Severity.INFO, "Open"), 0),
              new Node(new Element.ListBox("Options"), 2),
              text("Pizza: 1"),
              text("Soup: 0"),
              new Node(new Element.Form("vote", "Vote"), 2),
              input("option", new InputKind.Choice(List.of("Pizza", "Soup")), true, false),
              input("note", TEXT, false, true),
              new Node(new Element.Menu("More"), 2),
              button("end", List.of()),
              button("bet", List.of(new Field("on", "Soup")))));

  private static Node text(String content) {
    return new Node(new Element.Text(TextStyle.BODY, content), 0);
  }

  private static Node button(String action, List<Field> fields) {
    return new Node(new Element.Button(action, "Press", fields), 0);
  }

  private static Node input(String name, InputKind kind, boolean required, boolean many) {
    return new Node(new Element.Input(name, name, kind, required, many, ""), 0);
  }

  private static String refusal(List<Node> nodes) {
    return assertInstanceOf(ViewCheck.Bad.class, View.check(nodes)).message();
  }

  @Test
  void viewsKeepTheirBytes() {
    HostileBytes.attack("view", View.CODEC, View.CODEC.encode(POLL));
    assertEquals(POLL, View.CODEC.decode(View.CODEC.encode(POLL)).orThrow());
  }

  @Test
  void malformedTreesAreRefusedByName() {
    assertTrue(refusal(List.of(new Node(new Element.Panel(""), 1))).contains("children"));
    assertTrue(refusal(List.of(new Node(new Element.Panel(""), -1))).contains("children"));
    assertTrue(refusal(List.of(new Node(text("a").element(), 1), text("b"))).contains("leaf"));
    assertTrue(refusal(List.of(input("a", TEXT, true, false))).contains("input"));
    Node form = new Node(new Element.Form("a", ""), 1);
    assertTrue(refusal(List.of(form, form, input("a", TEXT, true, false))).contains("form"));
    Node choice = input("a", new InputKind.Choice(List.of()), true, false);
    assertTrue(refusal(List.of(form, choice)).contains("options"));
    assertTrue(refusal(List.of(text("\ud800"))).contains("surrogate"));
    assertTrue(refusal(List.of(button("", List.of()))).contains("action"));
  }

  @Test
  void boundsHoldAtTheirEdges() {
    List<Node> deep = new ArrayList<>();
    for (int i = 1; i < Limits.DEPTH; i++) {
      deep.add(new Node(new Element.Panel(""), 1));
    }
    deep.add(text("bottom"));
    assertInstanceOf(ViewCheck.Good.class, View.check(deep));
    deep.add(0, new Node(new Element.Panel(""), 1));
    assertTrue(refusal(deep).contains("depth"));
    List<Node> wide = new ArrayList<>();
    for (int i = 0; i < Limits.NODES; i++) {
      wide.add(text(""));
    }
    assertInstanceOf(ViewCheck.Good.class, View.check(wide));
    wide.add(text(""));
    assertTrue(refusal(wide).contains("nodes"));
    String half = "x".repeat(Limits.TEXT_BYTES / 2);
    assertInstanceOf(ViewCheck.Good.class, View.check(List.of(text(half), text(half))));
    assertTrue(refusal(List.of(text(half), text(half), text("x"))).contains("text"));
  }

  @Test
  void aFormBehindAnotherIsNoFormInside() {
    Node form = new Node(new Element.Form("a", ""), 1);
    Node leaf = new Node(new Element.Form("b", ""), 0);
    Node field = input("f", TEXT, false, false);
    assertInstanceOf(ViewCheck.Good.class, View.check(List.of(form, field, leaf, form, field)));
    assertTrue(refusal(List.of(leaf, field)).contains("input"));
  }

  @Test
  void actionsAreThoseOfFormsAndButtons() {
    assertEquals(
        List.of("vote", "end", "bet"), Actions.of(POLL).stream().map(a -> a.name()).toList());
    assertEquals(2, Actions.of(POLL).get(0).inputs().size());
  }

  @Test
  void fieldsThatFitAreTakenInTheFormsOrder() {
    List<Field> given =
        List.of(new Field("note", "a"), new Field("option", "Soup"), new Field("note", "b"));
    assertEquals(
        new Filled.Ready(
            List.of(new Field("option", "Soup"), new Field("note", "a"), new Field("note", "b"))),
        Filling.fill(POLL, "vote", given));
    assertEquals(
        new Filled.Ready(List.of(new Field("on", "Soup"))), Filling.fill(POLL, "bet", List.of()));
  }

  @Test
  void fieldsThatDoNotFitAreToldWithWhatWould() {
    assertEquals(
        new Filled.Unready("field \"option\" is required", "option=Pizza|Soup"),
        Filling.fill(POLL, "vote", List.of()));
    assertEquals(
        new Filled.Unready("field \"option\" cannot be \"Fish\"", "option=Pizza|Soup"),
        Filling.fill(POLL, "vote", List.of(new Field("option", "Fish"))));
    assertEquals(
        new Filled.Unready(
            "there is no field \"meal\"", "fields: option=Pizza|Soup [note=TEXT...]"),
        Filling.fill(POLL, "vote", List.of(new Field("meal", "Fish"))));
    assertEquals(
        new Filled.Unready("there is no action \"fly\" now", "actions: vote, end, bet"),
        Filling.fill(POLL, "fly", List.of()));
    assertInstanceOf(Filled.Unready.class, Filling.fill(POLL, "end", List.of(new Field("a", "b"))));
    assertInstanceOf(
        Filled.Unready.class, Filling.fillCreation(View.EMPTY, List.of(new Field("a", "b"))));
  }

  @Test
  void fieldsAreSplitAtTheFirstEqualsSign() {
    assertEquals(new Field("a", "b=c"), Filling.parse("a=b=c").orThrow());
    assertEquals(new Field("a", ""), Filling.parse("a=").orThrow());
    assertFalse(Filling.parse("=b").isOk());
    assertFalse(Filling.parse("a").isOk());
  }

  @Test
  void terminalTextIsPlainAndHarmless() {
    String text = ViewText.render(POLL);
    assertTrue(text.contains("Lunch:\n  info: Open\n  Options:\n    - Pizza: 1\n"), text);
    assertTrue(text.contains("Actions:\n  vote option=Pizza|Soup [note=TEXT...]"), text);
    String escape = ViewText.render(new View(List.of(text("a\u001b[2Jb\u202ec"))));
    assertEquals("a\ufffd[2Jb\ufffdc\n", escape);
  }
}
