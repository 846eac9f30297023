// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.TopicId;
import org.myrhiza.hash.HashContext;
import org.myrhiza.hash.TrieHash;

/** A space with its trie: changes gather as keys and reach the trie when a digest is asked for. */
final class Digested {
  private static final HashContext PATH = HashContext.of("state path");

  private final TopicId topic;
  private final StateSpace space = new StateSpace();
  private final StateTrie trie = new StateTrie();

  /**
   * After a restore, the key from which on the trie has nothing yet: what is there needs no place
   * among the changed ones.
   */
  private @Nullable Bytes unbuilt;

  /** Keys before that one which the trie does not yet show as the space has them. */
  private final Touched changed = new Touched();

  /** Keys that the store does not yet show as the space has them. */
  private final Touched unsaved = new Touched();

  Digested(TopicId topic) {
    this.topic = topic;
  }

  StateSpace space() {
    return space;
  }

  @Nullable Bytes set(Bytes key, @Nullable Bytes value) {
    if (unbuilt == null || key.compareTo(unbuilt) < 0) {
      changed.add(key);
    }
    unsaved.add(key);
    return space.set(key, value);
  }

  /** Sets a key to what the store has for it, before any other use. */
  void restore(Bytes key, Bytes value) {
    unbuilt = Bytes.EMPTY;
    space.set(key, value);
  }

  /** Returns the keys changed since the last call, ascending. */
  List<Bytes> drain() {
    return unsaved.take();
  }

  /** Brings the trie up to date as long as the purse lasts; returns whether it is. */
  boolean hash(Purse purse) {
    return build(purse) && update(purse) && trie.hash(purse);
  }

  private boolean build(Purse purse) {
    if (unbuilt == null) {
      return true;
    }
    Iterator<StateEntry> entries = space.from(unbuilt);
    while (entries.hasNext()) {
      StateEntry next = entries.next();
      if (!purse.spend(cost(next.value()))) {
        unbuilt = next.key();
        return false;
      }
      show(next.key(), next.value());
    }
    unbuilt = null;
    return true;
  }

  private boolean update(Purse purse) {
    while (!changed.isEmpty()) {
      Bytes key = changed.last();
      Bytes value = space.get(key);
      if (!purse.spend(cost(value))) {
        return false;
      }
      changed.removeLast();
      show(key, value);
    }
    return true;
  }

  private static long cost(@Nullable Bytes value) {
    return value == null ? Limits.NODE_COST_BYTES : 2L * Limits.NODE_COST_BYTES + value.size();
  }

  private void show(Bytes key, @Nullable Bytes value) {
    Bytes path = path(topic, key);
    if (value == null) {
      trie.remove(path);
    } else {
      trie.put(path, TrieHash.leaf(path, key, value));
    }
  }

  /**
   * Proves what a key has, after {@link #hash} said that all is hashed. Where another key's leaf
   * shows that this one is absent, finding that key takes a walk through the space.
   */
  TrieProof prove(Bytes key) {
    Bytes value = space.get(key);
    return value == null
        ? trie.prove(path(topic, key), this::entryAt)
        : trie.prove(path(topic, key), path -> new StateEntry(key, value));
  }

  private StateEntry entryAt(Bytes path) {
    Iterator<StateEntry> entries = space.from(Bytes.EMPTY);
    while (entries.hasNext()) {
      StateEntry entry = entries.next();
      if (path(topic, entry.key()).equals(path)) {
        return entry;
      }
    }
    throw new IllegalStateException("a leaf without its entry");
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
