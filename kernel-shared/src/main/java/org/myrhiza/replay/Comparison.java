// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

/** What a replay from nothing showed. */
public sealed interface Comparison {
  /** The same verdicts and the same digest. */
  record Same(int events) implements Comparison {}

  /** A difference: a defect of the store, of the engine or of replay. */
  record Different(String what, String seen, String expected) implements Comparison {}

  /** The comparison could not be finished. */
  record Unfinished(String reason) implements Comparison {}
}
