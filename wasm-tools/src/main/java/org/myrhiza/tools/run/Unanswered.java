// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.tools.run;

/** Ends a run early; carries what the run ends with. */
final class Unanswered extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient RunResult result;

  private Unanswered(RunResult result) {
    super(result.toString());
    this.result = result;
  }

  /** The call was asked for wrongly. */
  static Unanswered misuse(String type, String message, String hint, String at) {
    return new Unanswered(new RunResult.Misused(new Problem(type, message, hint, at)));
  }

  /** It was asked for rightly and failed. */
  static Unanswered failure(String type, String message, String hint, String at) {
    return failure(new Problem(type, message, hint, at));
  }

  /** It was asked for rightly and failed. */
  static Unanswered failure(Problem problem) {
    return new Unanswered(new RunResult.Failed(problem));
  }

  RunResult result() {
    return result;
  }
}
