// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.view;

import java.util.List;
import org.myrhiza.bytes.Codec;

/**
 * What an app shows: a forest of elements in preorder. Every instance is well-formed: counts of
 * children fit, depth, size and text are within {@link Limits}, inputs stand in forms, and no form
 * stands in a form.
 *
 * @param nodes the nodes in preorder
 */
public record View(List<Node> nodes) {
  /** A view that shows nothing. */
  public static final View EMPTY = new View(List.of());

  /** Canonical form; a decoded view is well-formed or refused. */
  public static final Codec<View> CODEC = Codec.of(ViewCodec::write, ViewCodec::read);

  /**
   * Copies and checks.
   *
   * @throws IllegalArgumentException when the nodes break a rule; use {@link #check} for nodes from
   *     outside
   */
  public View {
    nodes = List.copyOf(nodes);
    ViewCheck.Bad bad = ViewRules.firstBroken(nodes);
    if (bad != null) {
      throw new IllegalArgumentException(bad.message());
    }
  }

  /** Checks nodes that come from outside. */
  public static ViewCheck check(List<Node> nodes) {
    ViewCheck.Bad bad = ViewRules.firstBroken(nodes);
    return bad != null ? bad : new ViewCheck.Good(new View(nodes));
  }
}
