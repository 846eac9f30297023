// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.tools.wire;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonException;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.wast.WastReport;

/** What became of a script, as text. */
public final class ReportText {
  private ReportText() {}

  /**
   * Writes a report.
   *
   * @param report any report
   * @return JSON
   */
  public static String of(WastReport report) {
    ObjectText skipped = new ObjectText();
    for (Map.Entry<String, Integer> each : report.skipped().entrySet()) {
      skipped.number(each.getKey(), each.getValue());
    }
    return new ObjectText()
        .text("file", report.file())
        .number("passed", report.passed())
        .list("failures", report.failures(), ReportText::failure)
        .raw("skipped", skipped.end())
        .list("notes", report.notes(), ReportText::note)
        .end();
  }

  private static String failure(WastReport.Failure failure) {
    return new ObjectText()
        .number("line", failure.line())
        .text("expected", failure.expected())
        .text("seen", failure.seen())
        .end();
  }

  private static String note(WastReport.Note note) {
    return new ObjectText()
        .number("line", note.line())
        .text("kind", word(note.kind()))
        .text("text", note.text())
        .end();
  }

  private static String word(WastReport.Note.Kind kind) {
    return switch (kind) {
      case PHASE -> "phase";
      case REASON -> "reason";
      case TRAP -> "trap";
    };
  }

  /**
   * Reads a report.
   *
   * @param text what {@link #of} wrote
   * @return the same report
   * @throws JsonException if the text is something else
   */
  public static WastReport report(String text) {
    JsonValue json = Json.parse(text);
    TreeMap<String, Integer> skipped = new TreeMap<>();
    json.at("skipped").object().members().forEach((name, n) -> skipped.put(name, integer(n)));
    List<WastReport.Failure> failures =
        json.at("failures").items().stream()
            .map(each ->
                new WastReport.Failure(
                    integer(each.at("line")), each.at("expected").text(), each.at("seen").text()))
            .toList();
    List<WastReport.Note> notes =
        json.at("notes").items().stream()
            .map(each ->
                new WastReport.Note(
                    integer(each.at("line")), kind(each.at("kind").text()), each.at("text").text()))
            .toList();
    return new WastReport(
        json.at("file").text(), integer(json.at("passed")), failures, skipped, notes);
  }

  private static WastReport.Note.Kind kind(String word) {
    for (WastReport.Note.Kind kind : WastReport.Note.Kind.values()) {
      if (word(kind).equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind of note: " + word);
  }

  private static int integer(JsonValue value) {
    return Math.toIntExact(value.number());
  }
}
