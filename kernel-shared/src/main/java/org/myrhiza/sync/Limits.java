// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

/** Bounds of sync. */
public final class Limits {
  /** Most events of one message. */
  public static final int PAGE_EVENTS = 256;

  /** Events are added to a page up to this size; one greater event travels alone. */
  public static final int PAGE_BYTES = 512 * 1024;

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

  /** Most peers of one topic. */
  public static final int PEERS = 4_096;

  /** Points of bad input at which a link is closed. */
  public static final int CHARGE_BOUND = 100;

  private Limits() {}
}
