// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.hash.HashContext;

/**
 * All randomness of one run, derived from the entropy of its start: output number n is BLAKE3's
 * extended output over entropy and n, so the same start gives the same bytes.
 */
final class Randomness {
  private static final HashContext CONTEXT = HashContext.of("kernel randomness");
  private static final int INT_BYTES = 4;

  private final Bytes entropy;
  private long outputs;

  Randomness(Bytes entropy) {
    this.entropy = entropy;
  }

  /** Fresh bytes. */
  Bytes bytes(int length) {
    long number = outputs++;
    Bytes input =
        CanonicalWriter.write(w -> {
          w.fixed(entropy);
          w.u64(number);
        });
    return CONTEXT.extended(input, length);
  }

  /** A number from 0 to a bound, exclusive; near enough to uniform for spreading timers. */
  int below(int bound) {
    Bytes four = bytes(INT_BYTES);
    int bits = four.at(0) << 23 | four.at(1) << 15 | four.at(2) << 7 | four.at(3) >> 1;
    return bits % bound;
  }
}
