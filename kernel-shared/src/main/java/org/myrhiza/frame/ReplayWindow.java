// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.frame;

/**
 * The counters of one session that were seen: all up to the highest within a sliding window, after
 * RFC 6479 (a ring of words, so that sliding clears whole words and shifts nothing).
 */
final class ReplayWindow {
  private static final int WORD_BITS = 32;
  private static final int WORDS = Limits.REPLAY_WINDOW_FRAMES / WORD_BITS + 1;

  private final int[] ring = new int[WORDS];
  private long highest = -1;

  /** What the window says of a counter. */
  enum Seen {
    NEW,
    REPLAYED,
    TOO_OLD
  }

  /** Returns whether a counter was seen, without remembering it. */
  Seen look(long counter) {
    if (counter > highest) {
      return Seen.NEW;
    }
    if (highest - counter >= Limits.REPLAY_WINDOW_FRAMES) {
      return Seen.TOO_OLD;
    }
    return (ring[word(counter)] & bit(counter)) == 0 ? Seen.NEW : Seen.REPLAYED;
  }

  /** Remembers a counter that {@link #look} found new. */
  void mark(long counter) {
    if (counter > highest) {
      long from = highest < 0 ? 0 : highest / WORD_BITS;
      long cleared = Math.min(counter / WORD_BITS - from, WORDS);
      for (long i = 1; i <= cleared; i++) {
        ring[(int) ((from + i) % WORDS)] = 0;
      }
      highest = counter;
    }
    ring[word(counter)] |= bit(counter);
  }

  private static int word(long counter) {
    return (int) (counter / WORD_BITS % WORDS);
  }

  private static int bit(long counter) {
    return 1 << (int) (counter % WORD_BITS);
  }
}
