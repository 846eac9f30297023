// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.identity.PublicKey;

/**
 * A key that forked, as peers tell each other before they send proofs.
 *
 * @param key the chain key
 * @param seq the least seq at which two different events are known, from 1
 */
public record KnownFork(PublicKey key, long seq) implements Comparable<KnownFork> {
  /** Key and seq; seq 0 is refused. */
  public static final Codec<KnownFork> CODEC = Codec.of(KnownFork::write, KnownFork::read);

  @Override
  public int compareTo(KnownFork other) {
    int byKey = key.compareTo(other.key);
    return byKey != 0 ? byKey : Long.compare(seq, other.seq);
  }

  private static void write(CanonicalWriter w, KnownFork fork) {
    PublicKey.CODEC.write(w, fork.key);
    w.u64(fork.seq);
  }

  private static KnownFork read(CanonicalReader r) {
    PublicKey key = PublicKey.CODEC.read(r);
    long seq = r.u64();
    if (seq < 1) {
      throw r.fail("seq of a fork", Long.toUnsignedString(seq), "1 to 2^63 - 1");
    }
    return new KnownFork(key, seq);
  }
}
