// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

/** Bounds of an instance. */
public final class Limits {
  /** Most bytes of a text that an instance shows or is told: names, notes, reasons. */
  public static final int TEXT_BYTES = 64 * 1024;

  /** Most bytes of a local name: as many as a topic's name may have. */
  public static final int NAME_BYTES = 128;

  /** Most user actions that wait to be authored in one instance. */
  public static final int WAITING_ACTS = 1_024;

  /** Most events of one topic whose signatures are verified at a time. */
  public static final int VERIFYING = 4_096;

  /** Most proofs of forks of one topic whose signatures are verified at a time. */
  public static final int PROVING = 256;

  /** Most events that an instance takes before it is in the store, while it is being joined. */
  public static final int UNKEPT = 64;

  /** Most copies of one event that wait while the first one is verified. */
  public static final int COPIES = 16;

  /**
   * Most bytes of an event's payload that authors here write, so that every event fits into one
   * frame of 1 MiB together with its header of 64 parents.
   */
  public static final int AUTHORED_PAYLOAD_BYTES = 1_000_000;

  /** After how long an event at which the host failed is tried again. */
  public static final long STALL_MILLIS = 2_000;

  /**
   * For so long an action waits for word from peers, while they may know more of this
   * installation's own chain than its store: links are usually up by then.
   */
  public static final long HOLD_MILLIS = 3_000;

  /**
   * For so long nothing that a fork of an own key took back is proposed again: meanwhile an event
   * may arrive that acknowledges it.
   */
  public static final long AGAIN_MILLIS = 5_000;

  /** Lost events that are read at once to be proposed again; the others follow. */
  public static final int AGAIN_EVENTS = 1_000;

  private Limits() {}
}
