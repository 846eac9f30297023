// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.wast;

/** What became of one command. */
sealed interface Verdict {
  /** It did what it should. */
  record Passed() implements Verdict {}

  /** It did what it should, and there is something to say about it. */
  record Noted(WastReport.Note.Kind kind, String text) implements Verdict {}

  /** It did not. */
  record Failed(String expected, String seen) implements Verdict {}

  /** It needs a feature that the bridge says it has not. */
  record Skipped(String feature) implements Verdict {}

  /** The one value of {@link Passed}. */
  Passed PASSED = new Passed();
}
