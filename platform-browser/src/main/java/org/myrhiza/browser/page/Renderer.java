// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.page;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.view.Element;
import org.myrhiza.view.Field;
import org.myrhiza.view.View;
import org.teavm.jso.JSObject;

/**
 * Turns an app's view into elements and text nodes. Nothing of an app becomes markup, a URL or
 * code.
 *
 * <p>A new view changes the elements that are there: what is the same stays in place, so that a
 * person's focus, selection, typing and half-made clicks survive what others write. A button whose
 * effect changed is a new button: no click meant for the old one reaches it.
 */
final class Renderer {
  private final JSObject region;
  private final Widgets widgets;
  private View shown = View.EMPTY;
  private List<Shown> top = new ArrayList<>();

  /** Takes what the user did. */
  interface Acts {
    /** The user sent a form or pressed a button. */
    void act(String action, List<Field> fields, Runnable taken);
  }

  Renderer(JSObject region, Acts acts, boolean enabled, String name) {
    this.region = region;
    this.widgets = new Widgets(acts, enabled, name);
  }

  /** Shows a view. */
  void show(View view) {
    if (view.equals(shown)) {
      return;
    }
    boolean focused = Dom.holdsFocus(region);
    shown = view;
    top = patch(region, top, ViewTree.of(view), false);
    if (focused && !Dom.holdsFocus(region)) {
      Dom.focus(region);
    }
  }

  private List<Shown> patch(
      JSObject parent, List<Shown> before, List<ViewTree> wanted, boolean items) {
    List<Shown> left = new ArrayList<>(before);
    List<@Nullable Shown> kept = matched(left, wanted);
    for (Shown gone : left) {
      Dom.remove(gone.outer);
    }
    List<Shown> now = new ArrayList<>();
    @Nullable JSObject next = Dom.firstChild(parent);
    for (int i = 0; i < wanted.size(); i++) {
      Shown stays = kept.get(i);
      Shown each = stays == null ? make(wanted.get(i), items) : change(stays, wanted.get(i));
      if (Dom.same(each.outer, next)) {
        next = Dom.nextSibling(each.outer);
      } else {
        Dom.insert(parent, each.outer, next);
      }
      now.add(each);
    }
    return now;
  }

  /** Takes out of {@code left} what stays, the very same first. */
  private static List<@Nullable Shown> matched(List<Shown> left, List<ViewTree> wanted) {
    List<@Nullable Shown> kept = new ArrayList<>();
    for (ViewTree tree : wanted) {
      kept.add(take(left, tree.deepKey(), true));
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (kept.get(i) == null) {
        kept.set(i, take(left, wanted.get(i).key(), false));
      }
    }
    return kept;
  }

  private static @Nullable Shown take(List<Shown> left, String key, boolean deep) {
    for (int i = 0; i < left.size(); i++) {
      ViewTree tree = left.get(i).tree;
      if (key.equals(deep ? tree.deepKey() : tree.key())) {
        return left.remove(i);
      }
    }
    return null;
  }

  private Shown make(ViewTree tree, boolean item) {
    Shown made = widgets.make(tree);
    if (item) {
      made.outer = Dom.create("li");
      Dom.append(made.outer, made.own);
    }
    made.children = patch(made.body, List.of(), tree.children(), holdsItems(tree));
    return made;
  }

  private Shown change(Shown stays, ViewTree tree) {
    if (!stays.tree.element().equals(tree.element())) {
      widgets.change(stays, tree);
    }
    stays.tree = tree;
    stays.children = patch(stays.body, stays.children, tree.children(), holdsItems(tree));
    return stays;
  }

  private static boolean holdsItems(ViewTree tree) {
    return tree.element() instanceof Element.ListBox;
  }
}
