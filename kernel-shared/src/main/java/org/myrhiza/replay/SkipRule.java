// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

/**
 * What replay heeds before it takes an event's old result instead of calling the app again
 * (rules.md, section 11). Peers use {@link #SOUND}, or {@link #CHECKED} to look for defects; the
 * tests leave things out, each of which has to be found out.
 *
 * @param scans whether a change inside an interval that a scan covered counts
 * @param rejected whether what rejected events read counts
 * @param undo whether the undo entry of a skipped event is rebuilt
 * @param firsts whether it counts that an event became or ceased to be its principal's first
 * @param forks whether it counts that an event asked if its key forked
 * @param quota whether the size of the topic counts near the quota
 * @param check whether the app is called all the same, and the results are compared
 */
public record SkipRule(
    boolean scans,
    boolean rejected,
    boolean undo,
    boolean firsts,
    boolean forks,
    boolean quota,
    boolean check) {
  /** Skips whatever may be skipped. */
  public static final SkipRule SOUND = new SkipRule(true, true, true, true, true, true, false);

  /** Calls the app for every event and compares with what skipping would have given. */
  public static final SkipRule CHECKED = new SkipRule(true, true, true, true, true, true, true);
}
