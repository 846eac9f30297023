// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

/** Bounds of sync. */
public final class Limits {
  /** Most events of one message. */
  public static final int PAGE_EVENTS = 256;

  /** Events are added to a page up to this size; one greater event travels alone. */
  public static final int PAGE_BYTES = 512 * 1024;

  /** Pages ahead of which a page tells where they end, so that several peers can be asked. */
  public static final int AHEAD = 8;

  /** Most pulls of one topic under way, and of them from one peer. */
  public static final int PULLS = 8;

  /**
   * Most pulls of one topic from one peer: some on their way while others are looked at, so that
   * neither side waits for the other.
   */
  public static final int PULLS_OF_PEER = 4;

  /**
   * Most events of one topic that are asked for or in verification because of pulls: half of what
   * an instance verifies at a time and of what one link may have waiting.
   */
  public static final int IN_FLIGHT = 2_048;

  /** Most ranges of the log tree in one request. */
  public static final int DESCENT_RANGES = 128;

  /** About how many subtrees one answer tells: at 45 bytes each under 50 KB. */
  public static final int DESCENT_PARTS = 1_024;

  /** Subtrees into which a range is taken apart at least, when many are asked for. */
  public static final int CUT_LEAST = 8;

  /** Most subtrees into which one range is taken apart. */
  public static final int CUT_MOST = org.myrhiza.log.Limits.CUT_PARTS;

  /**
   * Most ranges and most missing events that one descent keeps in mind; more are left for later.
   */
  public static final int DESCENT_OPEN = 4_096;

  /** Most requests in a row of one descent that bring no event. */
  public static final int DESCENT_ROUNDS = 64;

  /** How often within one descent a range may have changed since it was told. */
  public static final int DESCENT_MOVES = 32;

  /** Most requests of one peer that are served in one {@link #FLOOD_MILLIS}. */
  public static final int REQUESTS = 512;

  /** The time in which requests of a peer are counted. */
  public static final long FLOOD_MILLIS = 1_000;

  /** Most proofs of forks in one message: at 5 KB each they stay under half a frame. */
  public static final int PROOFS = 64;

  /** Bytes of one bundle chunk. */
  public static final int CHUNK_BYTES = 256 * 1024;

  /** Most bytes of a bundle file: that of the bundle package. */
  public static final int BUNDLE_BYTES = org.myrhiza.bundle.Limits.BUNDLE_BYTES;

  /** After how long an unanswered request is sent again or elsewhere. */
  public static final long RETRY_MILLIS = 3_000;

  /**
   * Requests to one peer in a row that bring nothing, before only its next message brings it back
   * and nobody waits for it.
   */
  public static final int FAILURES = 3;

  /** How often heads are told while they change. */
  public static final long HELLO_MILLIS = 2_000;

  /** Heads that did not change are told again every so many periods. */
  public static final int QUIET_PERIODS = 8;

  /** Spread of periods, so that peers do not speak at once. */
  public static final int JITTER_MILLIS = 500;

  /** Most peers of one topic of which the link is known. */
  public static final int PEERS = 4_096;

  /** Most peers of one topic of which more is known: those chosen, and those last heard. */
  public static final int NEAR = 32;

  /** Peers of one topic that are chosen to be told heads. */
  public static final int CHOSEN = 8;

  /** Of those, how many are chosen as soon as they can be reached, whoever they are. */
  public static final int CHOSEN_AT_ONCE = 4;

  /** When the others are chosen, by chance of all that can be reached by then. */
  public static final long CHOOSE_MILLIS = 250;

  /** One of those chosen is exchanged each time that heads were told so often. */
  public static final int TELLINGS = 8;

  /** Most tips that a pull tells rather than naming heads that were told before. */
  public static final int TIPS_INLINE = 8;

  /** How long new events are collected before they are announced. */
  public static final long ANNOUNCE_MILLIS = 500;

  /** How long an announced event may take to come by itself before it is asked for. */
  public static final long GRAFT_MILLIS = 1_000;

  /** Most announced events of one topic that are waited for; heads tell of others. */
  public static final int ANNOUNCED = 4_096;

  /** Most announced events that are waited for because of one link, or not yet told to it. */
  public static final int ANNOUNCED_OF_LINK = 1_024;

  /** Most peers that are remembered to have announced one event. */
  public static final int ANNOUNCERS = 4;

  /** Most events that a peer may say to be left after a page: no log holds more. */
  public static final long LEFT = Integer.MAX_VALUE;

  /** Points of bad input at which a link is closed. */
  public static final int CHARGE_BOUND = 100;

  private Limits() {}
}
