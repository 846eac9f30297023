// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.identity;

import java.util.function.Function;

/**
 * Bytes that nobody may see: a private key's seed, a topic's epoch secret. It never shows them in a
 * message, compares in constant time, and forgets them when told to.
 *
 * <p>What {@link #use} hands out is the memory itself, so that it can be wiped: neither keep it nor
 * copy it beyond the call without need.
 */
public final class Secret {
  private final byte[] bytes;
  private boolean wiped;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes over an array; the caller gives it away and no longer touches it. */
  public static Secret adopt(byte[] bytes) {
    return new Secret(bytes);
  }

  /** Copies an array; the caller wipes its own. */
  public static Secret copyOf(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  /** Returns the number of bytes, also after wiping. */
  public int size() {
    return bytes.length;
  }

  /**
   * Lends the bytes to a function that reads them.
   *
   * @throws IllegalStateException if they were wiped
   */
  public <T> T use(Function<byte[], T> function) {
    checkThere();
    return function.apply(bytes);
  }

  /**
   * Returns a copy of the bytes, which the caller wipes.
   *
   * @throws IllegalStateException if they were wiped
   */
  public byte[] copy() {
    checkThere();
    return bytes.clone();
  }

  /** Overwrites the bytes with zeros; afterwards they cannot be used. */
  public void wipe() {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = 0;
    }
    wiped = true;
  }

  /** Returns whether both hold the same bytes, in time that depends on their number only. */
  public boolean sameAs(Secret other) {
    checkThere();
    other.checkThere();
    if (bytes.length != other.bytes.length) {
      return false;
    }
    int difference = 0;
    for (int i = 0; i < bytes.length; i++) {
      difference |= bytes[i] ^ other.bytes[i];
    }
    return difference == 0;
  }

  private void checkThere() {
    if (wiped) {
      throw new IllegalStateException("the secret was wiped");
    }
  }

  /** Returns the size only. */
  @Override
  public String toString() {
    return "Secret(" + bytes.length + " bytes)";
  }
}
