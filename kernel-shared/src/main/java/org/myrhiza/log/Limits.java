// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

/** Bounds of the log. All but the number of heads cited are local. */
public final class Limits {
  /**
   * Events of one link that wait for their past: two pages of sync, so that a page that overtakes
   * another one is not lost.
   */
  public static final int PENDING_EVENTS = 4_096;

  /** Bytes of one link's waiting events: eight of the largest. */
  public static final int PENDING_BYTES = 8 * 1024 * 1024;

  /** Heads that an honest event cites beside its own previous one (rules.md, section 5). */
  public static final int CITED_HEADS = 63;

  /**
   * Tips in one frontier: at 72 bytes each it stays under a frame of 1 MiB. Authors beyond it are
   * not listed, and their events may be served twice.
   */
  public static final int FRONTIER_TIPS = 10_000;

  /** Tips of one forked key in a frontier. Branches beyond it may be served twice. */
  public static final int FRONTIER_TIPS_OF_KEY = 16;

  /** Forks that a peer tells of at once: at 40 bytes each they stay under 200 KiB. */
  public static final int FORKS = 4_096;

  /** Events that are not held and stay nevertheless: dropping them one by one would cost more. */
  public static final int UNHELD = 1_024;

  /** Of the held events, one in so many may be joined by one that is not held. */
  public static final int UNHELD_SHARE = 8;

  /**
   * Bytes of app events that are kept in memory, counted as in messages; the store has them all.
   */
  public static final long BODY_BYTES = 8L * 1024 * 1024;

  /** Parents that one answer about missing events names. */
  public static final int MISSING = 1_024;

  /** Events known never to be valid that are remembered, so that nothing waits for them. */
  public static final int KNOWN_BAD = 4_096;

  /**
   * Ranges of the log tree with at most so many events are told event by event: 58 bytes each,
   * where a subtree takes about 45.
   */
  public static final int CUT_LEAVES = 16;

  /** Most parts of one range taken apart. */
  public static final int CUT_PARTS = 256;

  /** Bytes of an event beside payload and parents, for budgets of a page: more than it ever has. */
  static final int EVENT_OVERHEAD_BYTES = 256;

  /** Events whose rows are written to the index at once: some 4 MB. */
  static final int INDEXED_AT_ONCE = 65_536;

  /** Most events of an index: more are in no memory. */
  static final int INDEXED_EVENTS = 1 << 28;

  /** One part in so many of what a start needs is room for the events to come. */
  static final int INDEX_SPARE = 16;

  private Limits() {}
}
