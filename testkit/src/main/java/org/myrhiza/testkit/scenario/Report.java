// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.testkit.sim.Injected;

/**
 * How a run ended.
 *
 * @param problems what is wrong with it; none when it went well
 * @param steps things that happened
 * @param injected how often each fault struck
 * @param digest what the first peer computed; empty when the run broke
 * @param traceHash hash over every input and effect of every peer, in order
 * @param links what became of links
 */
public record Report(
    List<Problem> problems,
    long steps,
    Injected injected,
    Bytes digest,
    Bytes traceHash,
    Links links) {
  /** Copies the list. */
  public Report {
    problems = List.copyOf(problems);
  }

  /**
   * What became of links.
   *
   * @param direct how many came up because a peer dialled another one
   * @param closed how many a peer closed, to members that sent too much bad input
   */
  public record Links(int direct, int closed) {}

  /** Kinds of what can be wrong. */
  public enum Kind {
    /** Honest peers did not come to agree in time. */
    DIVERGED,
    /** What was acknowledged to a user is missing at an honest peer. */
    LOST,
    /** A key of an honest peer signed two events with one number. */
    FORKED,
    /** A peer goes on under a key that somebody else may hold, or has a new one and never said. */
    NOT_RENEWED,
    /** A fault that was asked for did not happen. */
    NOT_INJECTED,
    /** A kernel threw. */
    BROKE
  }

  /**
   * One thing that is wrong.
   *
   * @param kind which kind of thing
   * @param text what exactly
   */
  public record Problem(Kind kind, String text) {}

  /** Whether a problem of this kind is among them. */
  public boolean has(Kind kind) {
    return problems.stream().anyMatch(problem -> problem.kind() == kind);
  }

  /** Whether all honest peers agree and miss nothing that was acknowledged. */
  public boolean converged() {
    return problems.stream().allMatch(problem -> problem.kind() == Kind.NOT_INJECTED);
  }
}
