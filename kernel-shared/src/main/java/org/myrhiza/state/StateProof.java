// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.TopicId;

/**
 * Shows to whoever has a digest what a topic's state has under one key, or that it has nothing
 * there. At most about 75 KB, usually a few hundred bytes.
 */
public final class StateProof {
  private static final int VERSION = 0;

  /** Version byte, space, what the digest binds, the other space's root, and the way. */
  public static final Codec<StateProof> CODEC =
      Codec.of(
          (w, proof) -> {
            w.u8(VERSION).u8(proof.space.code());
            StateTop.CODEC.write(w, proof.top);
            w.fixed(proof.otherRoot);
            TrieProof.CODEC.write(w, proof.way);
          },
          r -> {
            r.version(VERSION);
            return new StateProof(
                StateRecords.space(r),
                StateTop.CODEC.read(r),
                r.fixed(TrieProof.HASH_BYTES),
                TrieProof.CODEC.read(r));
          });

  private final Space space;
  private final StateTop top;
  private final Bytes otherRoot;
  private final TrieProof way;

  StateProof(Space space, StateTop top, Bytes otherRoot, TrieProof way) {
    this.space = space;
    this.top = top;
    this.otherRoot = otherRoot;
    this.way = way;
  }

  /** Returns the proof against the root of the space's own trie. */
  public Bytes trieProof() {
    return Bytes.of(VERSION).plus(TrieProof.CODEC.encode(way));
  }

  /**
   * Verifies a proof against a digest.
   *
   * @param topic whose state it is
   * @param digest 32 bytes, trusted
   * @param space in which space
   * @param key 1 to 512 bytes
   * @param proof any bytes
   */
  public static Proven verify(TopicId topic, Bytes digest, Space space, Bytes key, Bytes proof) {
    return switch (CODEC.decode(proof)) {
      case Decoded.Bad<StateProof> bad -> new Proven.Invalid(bad.malformed().message());
      case Decoded.Ok<StateProof>(StateProof read) -> read.verify(topic, digest, space, key);
    };
  }

  private Proven verify(TopicId topic, Bytes digest, Space wanted, Bytes key) {
    if (space != wanted) {
      return new Proven.Invalid("it is about the other space");
    }
    Bytes root = way.top(topic, key);
    Bytes seen = space == Space.APP ? top.root(root, otherRoot) : top.root(otherRoot, root);
    return seen.equals(digest)
        ? way.verify(topic, root, key)
        : new Proven.Invalid("it leads to another digest");
  }

  /**
   * Verifies a proof against the root of one space's trie.
   *
   * @param topic whose state it is
   * @param root 32 bytes, trusted
   * @param key 1 to 512 bytes
   * @param proof any bytes
   */
  public static Proven verifyInTrie(TopicId topic, Bytes root, Bytes key, Bytes proof) {
    Decoded<TrieProof> read =
        CanonicalReader.decode(
            proof,
            r -> {
              r.version(VERSION);
              return TrieProof.CODEC.read(r);
            });
    return switch (read) {
      case Decoded.Bad<TrieProof> bad -> new Proven.Invalid(bad.malformed().message());
      case Decoded.Ok<TrieProof>(TrieProof way) -> way.verify(topic, root, key);
    };
  }
}
