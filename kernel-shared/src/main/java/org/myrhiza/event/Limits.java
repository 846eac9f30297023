// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

/** Bounds of an event. All are part of what makes an event valid: a change splits peers. */
public final class Limits {
  /** The version byte of a header; it never changes within a topic. */
  public static final int HEADER_VERSION = 0;

  /** The format (limits of apply, sections 8 and 9 of the rules) of new topics. */
  public static final int FORMAT = 0;

  /** Bytes of a payload: 1 MiB, so that one frame carries an event. */
  public static final int PAYLOAD_BYTES = 1 << 20;

  /** Events cited besides the author's previous one. */
  public static final int DEPS = 64;

  /** Largest sequence number and depth: 2^53 - 1, exact in JSON and in JavaScript. */
  public static final long SEQ = (1L << 53) - 1;

  /** Largest time of an event's clock in milliseconds since 1970: 48 bits, the year 10889. */
  public static final long CLOCK_MILLIS = (1L << 48) - 1;

  /** Largest counter of an event's clock: 16 bits. */
  public static final int CLOCK_COUNTER = (1 << 16) - 1;

  /** How far ahead of the wall clock a received clock pulls the local one, in milliseconds. */
  public static final long CLOCK_AHEAD_MILLIS = 60_000;

  /** Largest tag of an app's event. */
  public static final int TAG = Integer.MAX_VALUE;

  /** Bytes of what the creation form gives to a genesis. */
  public static final int INIT_BYTES = 64 << 10;

  /** Bytes of UTF-8 in a topic's name. */
  public static final int TOPIC_NAME_BYTES = 128;

  /** Bytes of a genesis's seed. */
  public static final int SEED_BYTES = 32;

  /** Keys that a policy may name for one right. */
  public static final int POLICY_KEYS = 64;

  /** Largest number of a format or metering table. */
  public static final int VERSION_NUMBER = (1 << 16) - 1;

  /** Quota of a topic's state in bytes, unless its policy says otherwise: 256 MiB. */
  public static final long QUOTA_BYTES = 256L << 20;

  /** Quota of a topic's state in keys, unless its policy says otherwise. */
  public static final long QUOTA_KEYS = 1_000_000;

  /** Largest quota that a policy may give. */
  public static final long QUOTA = SEQ;

  /** Bytes of the rank in the canonical order. */
  public static final int RANK_BYTES = 16;

  private Limits() {}
}
