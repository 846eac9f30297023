// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.page;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.view.Element;
import org.teavm.jso.JSObject;

/** An element of a view as it stands on the page. */
final class Shown {
  /** What it was made from and last changed to. */
  ViewTree tree;

  /** What lies in the parent: the element, or the list item around it. */
  JSObject outer;

  /** The element itself. */
  final JSObject own;

  /** Where its children go. */
  final JSObject body;

  /** Title, label or button text, where it has one. */
  @Nullable JSObject label;

  /** What a person fills in, where it is an input. */
  @Nullable JSObject control;

  /** What was last sent of an input. */
  String sent = "";

  /** What is in it, in order. */
  List<Shown> children = new ArrayList<>();

  Shown(ViewTree tree, JSObject own, JSObject body) {
    this.tree = tree;
    this.outer = own;
    this.own = own;
    this.body = body;
  }

  /** Returns the inputs in it, in order. */
  List<Shown> inputs() {
    List<Shown> found = new ArrayList<>();
    collect(found);
    return found;
  }

  private void collect(List<Shown> into) {
    if (tree.element() instanceof Element.Input) {
      into.add(this);
    }
    for (Shown child : children) {
      child.collect(into);
    }
  }
}
