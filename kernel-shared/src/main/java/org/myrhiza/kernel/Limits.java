// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

/** Bounds of the kernel's inputs, effects and queues. */
public final class Limits {
  /** Most bytes of a store key: a state key of 512 bytes, its topic and a few bytes before it. */
  public static final int STORE_KEY_BYTES = 1_024;

  /** Most bytes of a store value: an event of 1 MiB with room, or an undo of one apply. */
  public static final int STORE_VALUE_BYTES = 4 * 1024 * 1024;

  /** Most bytes of a bundle file. */
  public static final int BUNDLE_BYTES = 16 * 1024 * 1024;

  /** Most bytes of one frame: {@link org.myrhiza.frame.Limits#FRAME_BYTES}. */
  public static final int FRAME_BYTES = org.myrhiza.frame.Limits.FRAME_BYTES;

  /** Most bytes of a core module. */
  public static final int MODULE_BYTES = 16 * 1024 * 1024;

  /** Most bytes of a message to sign or verify. */
  public static final int MESSAGE_BYTES = 64 * 1024;

  /** Most bytes of a text: names, reasons, invitations, addresses. */
  public static final int TEXT_BYTES = 64 * 1024;

  /** Most entries of one loaded page; also what the kernel asks for. */
  public static final int LOAD_ENTRIES = 4_096;

  /** Most keys of one read: rows of events and their verdicts, or a page of sync. */
  public static final int READ_KEYS = 4_096;

  /** Most verdicts about signatures of one input: all that one topic has under way. */
  public static final int ANSWERS = 4_096;

  /** Most writes of one batch. */
  public static final int BATCH_WRITES = 1_000_000;

  /** Most relays, addresses, warnings or consent lines in one list. */
  public static final int LIST = 4_096;

  /** Most rows that one {@code app log} answer holds. */
  public static final int LOG_ROWS = 1_000;

  /** Most commands that wait while the store loads. */
  public static final int WAITING_COMMANDS = 256;

  /** Most instances of one installation. */
  public static final int INSTANCES = 1_000;

  /** Most effects after one input in a recording. */
  public static final int STEP_EFFECTS = 1_000_000;

  /** Most inputs of one recording. */
  public static final int RECORDED_INPUTS = 10_000_000;

  /** Bytes of the mark by which a store and what is kept beside it know each other: no two meet. */
  public static final int MARK_BYTES = 16;

  /** How often the status of an instance is shown at most while it has events to work through. */
  public static final long SHOW_MILLIS = 1_000;

  /** After how long a platform that could not make and keep a new key is asked again. */
  public static final long KEY_RETRY_MILLIS = 30_000;

  private Limits() {}
}
