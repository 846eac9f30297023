// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

/** Bounds of app state. Part of the format version (rules.md, section 8): a change is a new one. */
public final class Limits {
  /** Bytes of a key, at least: an empty key could not be told from a bound of a scan. */
  public static final int KEY_MIN_BYTES = 1;

  /** Bytes of a key, at most. */
  public static final int KEY_MAX_BYTES = 512;

  /** Bytes of a bound of a scan, at most: the successor of the longest key is one byte longer. */
  public static final int BOUND_MAX_BYTES = KEY_MAX_BYTES + 1;

  /** Bytes of a value, at most. */
  public static final int VALUE_MAX_BYTES = 64 * 1024;

  /** Calls of put and delete in one apply, at most; each call counts, also of the same key. */
  public static final int WRITES_PER_APPLY = 1_024;

  /** Bytes of keys and values given to put and delete in one apply, at most. */
  public static final int WRITTEN_BYTES_PER_APPLY = 1024 * 1024;

  /** Entries of one scan, at most. */
  public static final int SCAN_ENTRIES = 1_024;

  /** Bytes of keys and values in one topic, when its policy names no other quota. */
  public static final long QUOTA_BYTES = 256L * 1024 * 1024;

  /** Entries in one topic, when its policy names no other quota. */
  public static final long QUOTA_ENTRIES = 1_000_000;

  /**
   * Keys and intervals that one apply's record of reads holds before it gives up and says that
   * everything was read: keeps a record smaller than the work that made it. Local, not a format.
   */
  public static final int RECORDED_READS = 256;

  /** Bytes of keys and bounds in that record, on average for each of its places. Local. */
  static final int RECORDED_READ_BYTES = 64;

  /** Keys, or intervals, that a stored record of reads holds, at most. */
  static final int STORED_READS = 4_096;

  /** Bits of a path in the state trie: those of a hash. */
  static final int PATH_BITS = 256;

  /**
   * Bytes of the entries of one block of a space in memory, unless it is a single entry or one more
   * came in: enough that what a block costs is little for each, few enough to be copied. Local.
   */
  static final int BLOCK_BYTES = 4 * 1024;

  /** Bytes of a topic's values that are kept in memory; the store has the others. Local. */
  public static final long VALUE_BYTES = 16L * 1024 * 1024;

  /** Entries whose values are read of the store at once. Local. */
  static final int FETCH_ENTRIES = 512;

  /** Bytes of values that are read of the store at once, and one value more. Local. */
  static final long FETCH_BYTES = 1024 * 1024;

  /** Of the bytes kept in memory, the part that is read at once at most. Local. */
  static final int FETCH_PART = 4;

  /** Bytes of values read at once, however little is kept. Local. */
  static final long FETCH_LEAST_BYTES = BLOCK_BYTES;

  /** Changed keys that wait for a digest to be asked for; more are hashed before. Local. */
  static final int UNHASHED = 2_048;

  /** Rough bytes that hashing one node costs beside its value, for slicing the work. */
  static final int NODE_COST_BYTES = 192;

  /** Old values in one undo entry: the writes of one apply and the kernel's own entries. */
  static final int UNDO_ENTRIES = WRITES_PER_APPLY + 64;

  private Limits() {}
}
