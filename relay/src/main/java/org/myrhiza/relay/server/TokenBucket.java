// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

/**
 * How much a client may still send now. Holds at most what one second grants; may go below zero.
 */
final class TokenBucket {
  private static final double NANOS = 1e9;

  private final double perSecond;
  private double tokens;
  private long lastNanos;

  TokenBucket(double perSecond, long nowNanos) {
    this.perSecond = perSecond;
    this.tokens = perSecond;
    this.lastNanos = nowNanos;
  }

  /** Takes an amount and returns how long to wait before the next, in nanoseconds, or 0. */
  long take(double amount, long nowNanos) {
    tokens = Math.min(perSecond, tokens + (nowNanos - lastNanos) / NANOS * perSecond);
    lastNanos = nowNanos;
    tokens -= amount;
    return tokens >= 0 ? 0 : (long) (-tokens / perSecond * NANOS);
  }
}
