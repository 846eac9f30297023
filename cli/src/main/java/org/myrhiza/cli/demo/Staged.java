// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.demo;

import java.util.List;
import org.myrhiza.event.BundleId;
import org.myrhiza.view.Field;

/**
 * An app instance of the demonstration.
 *
 * @param app the name in the table
 * @param instance its topic id as text
 * @param bundle what it runs
 * @param invite how others join it
 */
record Staged(String app, String instance, BundleId bundle, String invite) {
  /** One thing a player does. */
  record Move(String action, List<Field> fields, long adds) {
    /** Copies the list. */
    Move {
      fields = List.copyOf(fields);
    }
  }

  /** Returns the n-th move of a player: what is added to a counter is told with it. */
  Move move(int player, int n) {
    if (app.startsWith("poll")) {
      return new Move(
          "vote", List.of(new Field("option", OPTIONS.get((player + n) % OPTIONS.size()))), 0);
    }
    boolean subtract = n % 3 == 2;
    long amount = 1 + (player * 7L + n) % 9;
    return new Move(
        subtract ? "subtract" : "add",
        List.of(new Field("amount", Long.toString(amount))),
        subtract ? -amount : amount);
  }

  /** What the poll offers. */
  static final List<String> OPTIONS = List.of("Soup", "Salad", "Dumplings");
}
