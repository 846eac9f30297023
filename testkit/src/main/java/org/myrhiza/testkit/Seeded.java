// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit;

import java.util.List;
import org.myrhiza.bytes.Bytes;

/**
 * Random values that a seed decides, the same on every stack. Whoever uses one prints its seed when
 * a check fails.
 *
 * <p>It is xoshiro128** by Blackman and Vigna, 32-bit arithmetic throughout since 64-bit is slow in
 * JavaScript, seeded through SplitMix64. Never for secrets.
 */
public final class Seeded {
  private final long seed;
  private int s0;
  private int s1;
  private int s2;
  private int s3;

  /** Makes a generator; equal seeds give equal values. */
  public Seeded(long seed) {
    this.seed = seed;
    long a = splitMix(seed + 0x9e37_79b9_7f4a_7c15L);
    long b = splitMix(seed + 0x3c6e_f372_fe94_f82aL);
    s0 = (int) a;
    s1 = (int) (a >>> 32);
    s2 = (int) b;
    s3 = (int) (b >>> 32) | 1;
  }

  private static long splitMix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return z ^ (z >>> 31);
  }

  /** Returns the seed, for messages. */
  public long seed() {
    return seed;
  }

  /** Returns any int. */
  public int nextInt() {
    int result = Integer.rotateLeft(s1 * 5, 7) * 9;
    int t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = Integer.rotateLeft(s3, 11);
    return result;
  }

  /**
   * Returns a value from 0 to {@code bound - 1}.
   *
   * @throws IllegalArgumentException if the bound is not positive
   */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound " + bound);
    }
    int last = Integer.MAX_VALUE - (Integer.MAX_VALUE % bound + 1) % bound;
    int value = nextInt() >>> 1;
    while (value > last) {
      value = nextInt() >>> 1;
    }
    return value % bound;
  }

  /** Returns a value from {@code low} to {@code high}, both possible; their distance is an int. */
  public int between(int low, int high) {
    return low + nextInt(high - low + 1);
  }

  /** Returns any long. */
  public long nextLong() {
    long high = nextInt();
    return (high << 32) | (nextInt() & 0xffff_ffffL);
  }

  /** Returns yes or no, alike often. */
  public boolean nextBoolean() {
    return nextInt() < 0;
  }

  /** Returns yes in {@code times} of {@code outOf} cases. */
  public boolean chance(int times, int outOf) {
    return nextInt(outOf) < times;
  }

  /** Returns {@code size} random bytes. */
  public Bytes nextBytes(int size) {
    byte[] out = new byte[size];
    for (int i = 0; i < size; i++) {
      out[i] = (byte) (nextInt() >>> 24);
    }
    return Bytes.adopt(out);
  }

  /** Returns a text of {@code length} lower-case letters. */
  public String nextName(int length) {
    StringBuilder name = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      name.append((char) ('a' + nextInt(26)));
    }
    return name.toString();
  }

  /** Returns one of the list's elements. */
  public <T> T pick(List<T> from) {
    return from.get(nextInt(from.size()));
  }

  /** Puts the list, which can be changed, into a random order. */
  public <T> void shuffle(List<T> list) {
    for (int i = list.size() - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      T kept = list.get(i);
      list.set(i, list.get(j));
      list.set(j, kept);
    }
  }

  /**
   * Returns a generator of its own for one purpose, so that drawing more values for one purpose
   * does not shift those of another. It depends on this one's seed, not on what was drawn.
   */
  public Seeded fork(String purpose) {
    long mixed = seed;
    for (int i = 0; i < purpose.length(); i++) {
      mixed = splitMix(mixed ^ purpose.charAt(i)) + i;
    }
    return new Seeded(mixed);
  }
}
