// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.event.TopicId;
import org.myrhiza.hash.TrieHash;

/**
 * Shows to whoever has the root of one space's trie what that space has under one key: the way from
 * the root towards the key's path, and what stands at its end.
 *
 * @param steps the inner nodes whose prefix the key's path shares, from the root on
 * @param end where the way ends
 */
record TrieProof(List<Step> steps, End end) {
  /**
   * An inner node that is passed.
   *
   * @param bits the length of its prefix, 0 to 255
   * @param sibling the hash of the child on the other side
   */
  record Step(int bits, Bytes sibling) {
    private static final Codec<Step> CODEC =
        Codec.of(
            (w, step) -> w.u8(step.bits).fixed(step.sibling),
            r -> new Step(r.u8(), r.fixed(HASH_BYTES)));
  }

  /** What stands at the end of the way. */
  sealed interface End {}

  /** The key's leaf. */
  record Found(Bytes value) implements End {}

  /** Nothing: the whole space is empty. */
  record Empty() implements End {}

  /** The leaf of another key. */
  record OtherLeaf(Bytes key, Bytes value) implements End {}

  /**
   * An inner node whose prefix the key's path leaves.
   *
   * @param bits the length of its prefix
   * @param prefix in whole bytes, zero bits at the end
   */
  record OtherNode(int bits, Bytes prefix, Bytes left, Bytes right) implements End {
    /** Returns a path with that prefix. */
    Bytes path() {
      return prefix.plus(Bytes.zeros(HASH_BYTES - prefix.size()));
    }
  }

  static final int HASH_BYTES = 32;
  private static final int FOUND = 0;
  private static final int EMPTY = 1;
  private static final int OTHER_LEAF = 2;
  private static final int OTHER_NODE = 3;
  private static final int END_KINDS = 4;

  static final Codec<TrieProof> CODEC =
      Codec.of(
          (w, proof) -> {
            w.list(proof.steps, Limits.PATH_BITS, Step.CODEC);
            writeEnd(w, proof.end);
          },
          r -> new TrieProof(r.list(Limits.PATH_BITS, Step.CODEC), readEnd(r)));

  TrieProof {
    steps = List.copyOf(steps);
  }

  private static void writeEnd(CanonicalWriter w, End end) {
    switch (end) {
      case Found(Bytes value) -> w.u8(FOUND).bytes(value, Limits.VALUE_MAX_BYTES);
      case Empty() -> w.u8(EMPTY);
      case OtherLeaf(Bytes key, Bytes value) ->
          w.u8(OTHER_LEAF).bytes(key, Limits.KEY_MAX_BYTES).bytes(value, Limits.VALUE_MAX_BYTES);
      case OtherNode(int bits, Bytes prefix, Bytes left, Bytes right) ->
          w.u8(OTHER_NODE).u8(bits).fixed(prefix).fixed(left).fixed(right);
    }
  }

  private static End readEnd(CanonicalReader r) {
    return switch (r.choice(END_KINDS)) {
      case FOUND -> new Found(r.bytes(Limits.VALUE_MAX_BYTES));
      case EMPTY -> new Empty();
      case OTHER_LEAF ->
          new OtherLeaf(r.bytes(Limits.KEY_MAX_BYTES), r.bytes(Limits.VALUE_MAX_BYTES));
      default -> {
        int bits = r.u8();
        Bytes prefix = r.fixed(TrieHash.prefixBytes(bits));
        yield new OtherNode(bits, prefix, r.fixed(HASH_BYTES), r.fixed(HASH_BYTES));
      }
    };
  }

  /** Returns what the proof says of a key, if its way leads up to the root. */
  Proven verify(TopicId topic, Bytes root, Bytes key) {
    int reached = -1;
    for (Step step : steps) {
      if (step.bits <= reached) {
        return new Proven.Invalid("the prefixes do not grow");
      }
      reached = step.bits;
    }
    if (!root.equals(top(topic, key))) {
      return new Proven.Invalid("it leads to another root");
    }
    Bytes path = Digested.path(topic, key);
    boolean excludes =
        switch (end) {
          case Found found -> false;
          case Empty empty -> steps.isEmpty();
          case OtherLeaf other ->
              apart(TrieHash.parting(path, Digested.path(topic, other.key)), Limits.PATH_BITS);
          case OtherNode other ->
              other.prefix.equals(TrieHash.prefix(other.path(), other.bits))
                  && apart(TrieHash.parting(path, other.path()), other.bits);
        };
    if (end instanceof Found(Bytes value)) {
      return new Proven.Present(value);
    }
    return excludes
        ? new Proven.Absent()
        : new Proven.Invalid("what ends the way does not exclude the key");
  }

  /** Whether what ends the way lies below its last step, and parts from the key within its bits. */
  private boolean apart(int parting, int bits) {
    int reached = steps.isEmpty() ? -1 : steps.getLast().bits;
    return parting > reached && parting < bits;
  }

  /** Returns the root to which the way leads for a key. */
  Bytes top(TopicId topic, Bytes key) {
    Bytes path = Digested.path(topic, key);
    Bytes hash =
        switch (end) {
          case Found(Bytes value) -> TrieHash.leaf(path, key, value);
          case Empty() -> TrieHash.EMPTY;
          case OtherLeaf(Bytes other, Bytes value) ->
              TrieHash.leaf(Digested.path(topic, other), other, value);
          case OtherNode node -> TrieHash.node(node.bits, node.path(), node.left, node.right);
        };
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      hash =
          TrieHash.bit(path, step.bits) == 0
              ? TrieHash.node(step.bits, path, hash, step.sibling)
              : TrieHash.node(step.bits, path, step.sibling, hash);
    }
    return hash;
  }
}
