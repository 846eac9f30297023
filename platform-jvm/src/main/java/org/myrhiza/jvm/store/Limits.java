// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.store;

/** Bounds of the native store. */
final class Limits {
  /** Bytes of one loaded page after which it ends early, so that a large store loads in pieces. */
  static final int PAGE_BYTES = 1 << 20;

  /** Bytes of RocksDB's write buffer before it is flushed to a sorted file. */
  static final long WRITE_BUFFER_BYTES = 16L << 20;

  /**
   * Flushed files that lie side by side before they are merged into the others. Each has records of
   * all kinds, so that merging some reads what they overlap: nearly everything.
   */
  static final int TABLES_BEFORE_MERGING = 8;

  /** Bytes of RocksDB's log of its own doings that are kept. */
  static final long INFO_LOG_BYTES = 1L << 20;

  /** Bytes of a small file of ours beyond which it is none of ours. */
  static final int MARK_FILE_BYTES = 4_096;

  private Limits() {}
}
