// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of who has seen what, one line per app and player. */
final class DemoTable {
  private static final String FORM = "%-10s %-5s %-17s %8s %8s %8s %7s %9s  %-12s %6s";
  private static final int DIGEST_DIGITS = 12;

  private DemoTable() {}

  /** The table at the end, with the time that each took. */
  static String of(List<Run.Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(head());
    for (Run.Row row : rows) {
      lines.add(line(row.app(), row.player(), row.seen(), Long.toString(row.millis())));
    }
    return String.join("\n", lines);
  }

  /** The table as things are now. */
  static List<String> of(List<Player> players, Map<Staged, List<Player.Seen>> seen) {
    List<String> lines = new ArrayList<>();
    lines.add(head());
    for (Map.Entry<Staged, List<Player.Seen>> app : seen.entrySet()) {
      for (int i = 0; i < app.getValue().size(); i++) {
        lines.add(line(app.getKey(), players.get(i), app.getValue().get(i), ""));
      }
    }
    return lines;
  }

  private static String head() {
    return String.format(
        Locale.ROOT,
        FORM,
        "app",
        "peer",
        "engine",
        "authored",
        "accepted",
        "rejected",
        "events",
        "rollbacks",
        "digest",
        "ms");
  }

  private static String line(Staged app, Player player, Player.Seen seen, String millis) {
    return String.format(
        Locale.ROOT,
        FORM,
        app.app(),
        player.name(),
        player.engine(),
        seen.authored(),
        seen.accepted(),
        seen.rejected(),
        seen.events(),
        seen.rollbacks(),
        seen.digest().substring(0, Math.min(DIGEST_DIGITS, seen.digest().length())),
        millis);
  }
}
