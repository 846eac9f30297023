// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.ForkProof;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;

/**
 * How the proof of a fork is stored: key {@code 7, topic, chain key}, value {@code version, proof}.
 * One for each key: the one of least seq takes the place of any other.
 */
public final class ForkRecords {
  /** First byte of the store keys. */
  public static final int PREFIX = 7;

  private static final int VERSION = 0;

  private ForkRecords() {}

  /** Returns the store key of a chain key's proof. */
  public static Bytes key(TopicId topic, PublicKey signer) {
    return LogRecords.from(PREFIX, topic).plus(PublicKey.CODEC.encode(signer));
  }

  /** Returns the stored form of a proof. */
  public static Bytes value(ForkProof proof) {
    return CanonicalWriter.write(w -> {
      w.u8(VERSION);
      ForkProof.CODEC.write(w, proof);
    });
  }

  /** Reads a record of a topic back; bad bytes mean that the store is damaged. */
  static Decoded<ForkProof> read(TopicId topic, Bytes storeKey, Bytes storeValue) {
    return CanonicalReader.decode(
            storeValue,
            r -> {
              r.version(VERSION);
              return ForkProof.CODEC.read(r);
            })
        .then(proof ->
            proof.isWithin(topic) && storeKey.equals(key(topic, proof.first().signer()))
                ? Decoded.ok(proof)
                : Decoded.bad("proof of a fork", 0, storeKey.toHex(), "the key of its own"));
  }
}
