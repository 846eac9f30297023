// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.wast;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of a script's commands.
 *
 * @param file the script
 * @param passed how many did what they should
 * @param failures those that did not, in order
 * @param skipped how many need a feature that the bridge says it has not, by feature
 * @param notes on commands that passed: worth knowing, no failure
 */
public record WastReport(
    String file,
    int passed,
    List<Failure> failures,
    SortedMap<String, Integer> skipped,
    List<Note> notes) {
  /** Copies all of them. */
  public WastReport {
    failures = List.copyOf(failures);
    skipped = new TreeMap<>(skipped);
    notes = List.copyOf(notes);
  }

  /** How many commands were skipped, for whatever feature. */
  public int skippedCount() {
    int count = 0;
    for (int each : skipped.values()) {
      count += each;
    }
    return count;
  }

  /**
   * A command that did not do what it should.
   *
   * @param line where it begins
   * @param expected what the script wants
   * @param seen what came
   */
  public record Failure(int line, String expected, String seen) {}

  /**
   * Something about a command that passed.
   *
   * @param line where it begins
   * @param kind what it is about
   * @param text what the script wants and what came
   */
  public record Note(int line, Kind kind, String text) {
    /** What a note is about. */
    public enum Kind {
      /** Refused, but in another phase than the script says. */
      PHASE,
      /** Refused in the right phase; the reason is for people to compare. */
      REASON,
      /** Trapped; the kind is for people to compare. */
      TRAP
    }
  }
}
