// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.tools.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.testkit.json.JsonException;
import org.myrhiza.testkit.wast.WastReport;
import org.myrhiza.tools.run.Problem;
import org.myrhiza.tools.run.RunJob;
import org.myrhiza.tools.run.RunResult;

/** What is written is read as the same. */
final class RoundTripTest {
  /** Everything that JSON would trip over. */
  private static final String NASTY = "\"\\\n\u0000\u2028é\ud83c\udf70\ud83c";

  @Test
  void aJob_comesBackTheSame() {
    for (OptionalLong fuel :
        List.of(OptionalLong.empty(), OptionalLong.of(1), OptionalLong.of(Integer.MAX_VALUE))) {
      RunJob job = new RunJob(NASTY, Bytes.of(0, 1, 255), "f(" + NASTY + ")", fuel);
      assertThat(RunText.job(RunText.of(job), job.component())).isEqualTo(job);
    }
  }

  @Test
  void everyResult_comesBackTheSame() {
    Problem problem = new Problem("trapped", NASTY, "", "stack");
    List<RunResult> results =
        List.of(
            new RunResult.Returned(null, OptionalLong.of(0)),
            new RunResult.Returned("", OptionalLong.of(Long.MAX_VALUE)),
            new RunResult.Returned(NASTY, OptionalLong.empty()),
            new RunResult.Misused(problem),
            new RunResult.Failed(problem));
    for (RunResult result : results) {
      String text = RunText.of(result);
      assertThat(text).matches("[ -~]*");
      assertThat(RunText.result(text)).isEqualTo(result);
    }
  }

  @Test
  void aReport_comesBackTheSame() {
    List<WastReport.Note> notes =
        List.of(WastReport.Note.Kind.values()).stream()
            .map(kind -> new WastReport.Note(12, kind, NASTY))
            .toList();
    List<WastReport.Failure> failures =
        List.of(new WastReport.Failure(3, "one", NASTY), new WastReport.Failure(4, "", ""));
    WastReport full =
        new WastReport(
            NASTY, 998, failures, new TreeMap<>(Map.of("async", 5, "futures", 1)), notes);
    WastReport empty = new WastReport("", 0, List.of(), new TreeMap<>(), List.of());
    for (WastReport report : List.of(full, empty)) {
      assertThat(ReportText.report(ReportText.of(report))).isEqualTo(report);
    }
  }

  @Test
  void somethingElse_isRefused() {
    assertThatThrownBy(() -> RunText.result("{\"end\":\"returned\"}"))
        .isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> RunText.result("{\"end\":\"over\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("over");
    assertThatThrownBy(() -> ReportText.report("[]")).isInstanceOf(JsonException.class);
  }
}
