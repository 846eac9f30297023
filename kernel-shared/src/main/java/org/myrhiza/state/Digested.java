// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.TopicId;
import org.myrhiza.hash.HashContext;

/** A space with its trie: changes gather as keys and reach the trie when a digest is asked for. */
final class Digested {
  private static final HashContext PATH = HashContext.of("state path");

  private final TopicId topic;
  private final StateSpace space = new StateSpace();
  private final StateTrie trie = new StateTrie();

  /** Keys that the trie does not yet show as the space has them. */
  private final TreeSet<Bytes> changed = new TreeSet<>();

  /** Keys that the store does not yet show as the space has them. */
  private TreeSet<Bytes> unsaved = new TreeSet<>();

  Digested(TopicId topic) {
    this.topic = topic;
  }

  StateSpace space() {
    return space;
  }

  @Nullable Bytes set(Bytes key, @Nullable Bytes value) {
    changed.add(key);
    unsaved.add(key);
    return space.set(key, value);
  }

  /** Sets a key to what the store has for it. */
  void restore(Bytes key, Bytes value) {
    changed.add(key);
    space.set(key, value);
  }

  /** Returns the keys changed since the last call, ascending. */
  SortedSet<Bytes> drain() {
    SortedSet<Bytes> keys = unsaved;
    unsaved = new TreeSet<>();
    return keys;
  }

  /** Brings the trie up to date as long as the purse lasts; returns whether it is. */
  boolean hash(Purse purse) {
    while (!changed.isEmpty()) {
      if (!purse.spend(Limits.NODE_COST_BYTES)) {
        return false;
      }
      Bytes key = changed.first();
      changed.remove(key);
      Bytes value = space.get(key);
      if (value == null) {
        trie.remove(path(topic, key));
      } else {
        trie.put(path(topic, key), key, value);
      }
    }
    return trie.hash(purse);
  }

  /** Proves what a key has, after {@link #hash} said that all is hashed. */
  TrieProof prove(Bytes key) {
    return trie.prove(path(topic, key));
  }

  Bytes root() {
    return trie.root();
  }

  /** Returns where a key lies in the trie. */
  static Bytes path(TopicId topic, Bytes key) {
    return PATH.hash(w -> {
      TopicId.CODEC.write(w, topic);
      w.bytes(key, Limits.KEY_MAX_BYTES);
    });
  }
}
