// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.myrhiza.cli.terminal.Answer;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.testkit.wast.WastReport;

/** Reports as JSON and as text. */
final class WastAnswers {
  private WastAnswers() {}

  static Answer of(List<WastReport> reports) {
    ObjectNode json = Terminal.object();
    ArrayNode files = json.putArray("files");
    List<String> lines = new ArrayList<>();
    int passed = 0;
    int failed = 0;
    int skipped = 0;
    for (WastReport report : reports) {
      file(files.addObject(), report);
      lines.add(report.file() + ": " + counts(report.passed(), report.failures().size(), report));
      for (WastReport.Failure failure : report.failures()) {
        lines.add(
            "  line "
                + failure.line()
                + ": expected "
                + failure.expected()
                + "; seen "
                + failure.seen());
      }
      passed += report.passed();
      failed += report.failures().size();
      skipped += report.skippedCount();
    }
    json.put("passed", passed);
    json.put("failed", failed);
    json.put("skipped", skipped);
    lines.add(
        reports.size()
            + " files: "
            + passed
            + " passed, "
            + failed
            + " failed, "
            + skipped
            + " skipped");
    return new Answer(
        json, String.join("\n", lines), failed == 0 ? ExitCode.DONE : ExitCode.FAILED);
  }

  private static String counts(int passed, int failed, WastReport report) {
    StringBuilder out = new StringBuilder();
    out.append(passed).append(" passed, ").append(failed).append(" failed, ");
    out.append(report.skippedCount()).append(" skipped");
    String separator = " (";
    for (var each : report.skipped().entrySet()) {
      out.append(separator).append(each.getKey()).append(": ").append(each.getValue());
      separator = ", ";
    }
    return out.append(report.skipped().isEmpty() ? "" : ")").toString();
  }

  private static void file(ObjectNode node, WastReport report) {
    node.put("file", report.file());
    node.put("passed", report.passed());
    node.put("failed", report.failures().size());
    ObjectNode skipped = node.putObject("skipped");
    report.skipped().forEach(skipped::put);
    ArrayNode failures = node.putArray("failures");
    for (WastReport.Failure failure : report.failures()) {
      failures
          .addObject()
          .put("line", failure.line())
          .put("expected", failure.expected())
          .put("seen", failure.seen());
    }
  }
}
