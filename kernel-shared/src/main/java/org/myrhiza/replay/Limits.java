// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

/** Budgets of replay. Those of one event are consensus (rules.md, sections 9 and 12). */
public final class Limits {
  /** Fuel of one apply when the manifest names none. */
  public static final long EVENT_FUEL = 1_000_000;

  /** Fuel of one apply, at most, whatever the manifest names. */
  public static final long EVENT_FUEL_MAX = 10_000_000;

  /** Fuel of the first app event of a principal, at most: what a stranger can make others spend. */
  public static final long NEW_PRINCIPAL_FUEL = 250_000;

  /** Fuel after which a step starts no further guest call: keeps links and page alive. */
  public static final long STEP_FUEL = 20_000_000;

  /**
   * Events that one step rolls back or applies, at most: bounds steps whose events cost no fuel.
   */
  public static final int STEP_EVENTS = 4_096;

  /** Characters of a reason that are kept; the rest of a guest's text is cut. Local. */
  public static final int REASON_CHARS = 512;

  /** Differences that a comparing replay remembers, at most. */
  static final int DIFFERENCES = 16;

  /** Values of a patch that is stored while a rerun is under way; a greater one waits. Local. */
  static final int PATCH_VALUES = 1_024;

  /** Results of events that are kept in memory, and up to twice as many. Local. */
  public static final int WINDOW = 4_096;

  /** Records of the store that are read at once when a replay needs some. Local. */
  static final int READ_EVENTS = 512;

  /** Bytes of events that are read at once, counted as in messages, and one event more. Local. */
  static final int READ_BYTES = 1024 * 1024;

  /** Events after one that misses values which are tried, too. Local. */
  static final int LOOK_AHEAD_EVENTS = 32;

  /** The part of a step's fuel that such tries may take. Local. */
  static final int LOOK_AHEAD_PART = 4;

  /** Bytes of a kept reason: three per character, at most. */
  static final int REASON_BYTES = 3 * REASON_CHARS;

  private Limits() {}
}
