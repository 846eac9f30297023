// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.tools.wire;

import java.util.OptionalLong;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonException;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.tools.run.Problem;
import org.myrhiza.tools.run.RunJob;
import org.myrhiza.tools.run.RunResult;

/** A call and what became of it, as text. */
public final class RunText {
  private static final String RETURNED = "returned";
  private static final String MISUSED = "misused";
  private static final String FAILED = "failed";

  /** The fuel of what is not metered. */
  private static final long NO_FUEL = -1;

  private RunText() {}

  /**
   * Writes a job but for its component, which travels beside it.
   *
   * @param job any job
   * @return JSON
   */
  public static String of(RunJob job) {
    return new ObjectText()
        .text("file", job.file())
        .text("call", job.call())
        .number("fuel", job.fuel().orElse(NO_FUEL))
        .end();
  }

  /**
   * Reads a job.
   *
   * @param text what {@link #of(RunJob)} wrote
   * @param component what travelled beside it
   * @return the same job
   * @throws JsonException if the text is something else
   */
  public static RunJob job(String text, Bytes component) {
    JsonValue json = Json.parse(text);
    return new RunJob(
        json.at("file").text(), component, json.at("call").text(), fuel(json.at("fuel").number()));
  }

  /**
   * Writes a result.
   *
   * @param result any result
   * @return JSON
   */
  public static String of(RunResult result) {
    return switch (result) {
      case RunResult.Returned(String value, OptionalLong fuel) ->
          new ObjectText()
              .text("end", RETURNED)
              .text("value", value)
              .number("fuel", fuel.orElse(NO_FUEL))
              .end();
      case RunResult.Misused(Problem problem) -> problem(MISUSED, problem);
      case RunResult.Failed(Problem problem) -> problem(FAILED, problem);
    };
  }

  private static OptionalLong fuel(long units) {
    return units == NO_FUEL ? OptionalLong.empty() : OptionalLong.of(units);
  }

  private static String problem(String end, Problem problem) {
    return new ObjectText()
        .text("end", end)
        .text("type", problem.type())
        .text("message", problem.message())
        .text("hint", problem.hint())
        .text("at", problem.at())
        .end();
  }

  /**
   * Reads a result.
   *
   * @param text what {@link #of(RunResult)} wrote
   * @return the same result
   * @throws JsonException if the text is something else
   */
  public static RunResult result(String text) {
    JsonValue json = Json.parse(text);
    String end = json.at("end").text();
    return switch (end) {
      case RETURNED ->
          new RunResult.Returned(
              ObjectText.optional(json.at("value")), fuel(json.at("fuel").number()));
      case MISUSED -> new RunResult.Misused(problem(json));
      case FAILED -> new RunResult.Failed(problem(json));
      default -> throw new IllegalArgumentException("no end of a run: " + end);
    };
  }

  private static Problem problem(JsonValue json) {
    return new Problem(
        json.at("type").text(),
        json.at("message").text(),
        json.at("hint").text(),
        json.at("at").text());
  }
}
