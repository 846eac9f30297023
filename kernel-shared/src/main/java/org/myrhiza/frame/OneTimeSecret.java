// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.frame;

import org.myrhiza.bytes.Bytes;

/**
 * The seed of an invitation's own key: whoever holds it can sign one principal into a topic that
 * takes invited ones only. It never appears in a log line: its text form is redacted.
 */
public final class OneTimeSecret {
  private final Bytes seed;

  private OneTimeSecret(Bytes seed) {
    this.seed = seed;
  }

  /**
   * Wraps a seed.
   *
   * @param seed {@link Limits#KEY_BYTES} bytes of entropy
   * @throws IllegalArgumentException if the length is another
   */
  public static OneTimeSecret of(Bytes seed) {
    Limits.checkKeySize("one-time secret", seed);
    return new OneTimeSecret(seed);
  }

  /** Returns the seed itself, to be stored, handed over, or signed with. */
  public Bytes seed() {
    return seed;
  }

  /** Compares in time that does not depend on the contents. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof OneTimeSecret that)) {
      return false;
    }
    int difference = 0;
    for (int i = 0; i < Limits.KEY_BYTES; i++) {
      difference |= seed.at(i) ^ that.seed.at(i);
    }
    return difference == 0;
  }

  @Override
  public int hashCode() {
    return seed.hashCode();
  }

  /** Returns a text without the secret. */
  @Override
  public String toString() {
    return "OneTimeSecret[redacted]";
  }
}
