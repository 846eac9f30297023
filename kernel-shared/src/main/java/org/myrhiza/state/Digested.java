// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.List;
import java.util.TreeSet;
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
  private final TreeSet<Bytes> changed = new TreeSet<>();

  /** One of them, the one that was added last: one key may change again and again. */
  private @Nullable Bytes latest;

  /** Keys that the store does not yet show as the space has them. */
  private final Touched unsaved = new Touched();

  Digested(TopicId topic) {
    this.topic = topic;
  }

  StateSpace space() {
    return space;
  }

  /** Sets or, with null, removes a key and returns what it had, which must be here. */
  @Nullable Bytes set(Bytes key, @Nullable Bytes value) {
    changes(key, value);
    return space.set(key, value);
  }

  /** Sets or, with null, removes a key, whatever it had. */
  void put(Bytes key, @Nullable Bytes value) {
    changes(key, value);
    space.put(key, value);
  }

  /**
   * The leaf of a key whose value was let go of is there before the trie is built up to it, so that
   * its removal counts wherever it is.
   */
  private void changes(Bytes key, @Nullable Bytes value) {
    if (unbuilt == null || value == null || key.compareTo(unbuilt) < 0) {
      if (!isLatest(key)) {
        changed.add(key);
        latest = key;
      }
    }
    unsaved.add(key);
  }

  /** Sets a key to what the store has for it, before any other use. */
  void restore(Bytes key, Bytes value) {
    unbuilt = Bytes.EMPTY;
    space.put(key, value);
  }

  /**
   * Lets go of values above so many bytes, if the store has them all; their leaves are made first.
   * Also bounds how many changes wait for that.
   */
  void trim(long most) {
    if (unsaved.isEmpty()) {
      while (changed.size() > Limits.UNHASHED) {
        Bytes key = changed.first();
        remove(key);
        show(key, space.held(key));
      }
      space.trim(most, this::leaving);
    }
  }

  private void leaving(Block block) {
    for (int place = 0; place < block.count(); place++) {
      if (!block.isAway(place)) {
        Bytes key = block.key(place);
        boolean isNew = unbuilt != null && key.compareTo(unbuilt) >= 0;
        if (remove(key) || isNew) {
          show(key, block.value(place));
        }
      }
    }
  }

  private boolean remove(Bytes key) {
    if (isLatest(key)) {
      latest = null;
    }
    return changed.remove(key);
  }

  private boolean isLatest(Bytes key) {
    Bytes known = latest;
    return known != null && known.equals(key);
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
    StateSpace.Walk walk = space.walk(unbuilt);
    while (walk.isThere()) {
      // What is away was shown when it went.
      if (!walk.isAway()) {
        if (!purse.spend(cost(walk.valueSize()))) {
          unbuilt = walk.key();
          return false;
        }
        show(walk.key(), walk.value());
      }
      walk.next();
    }
    unbuilt = null;
    return true;
  }

  private boolean update(Purse purse) {
    while (!changed.isEmpty()) {
      Bytes key = changed.first();
      if (!purse.spend(cost(space.valueSize(key)))) {
        return false;
      }
      remove(key);
      show(key, space.held(key));
    }
    return true;
  }

  private static long cost(int valueSize) {
    boolean absent = valueSize == Base.ABSENT;
    return absent ? Limits.NODE_COST_BYTES : 2L * Limits.NODE_COST_BYTES + valueSize;
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
   *
   * @return null when a value is needed that is away, which is noted
   */
  @Nullable TrieProof prove(Bytes key) {
    Bytes path = path(topic, key);
    Bytes leaf = trie.leafOn(path);
    Bytes there = leaf == null ? null : leaf.equals(path) ? key : keyAt(leaf);
    if (there != null && !space.has(there)) {
      return null;
    }
    return trie.prove(path, there == null ? null : entry(there));
  }

  private StateEntry entry(Bytes key) {
    Bytes value = space.held(key);
    if (value == null) {
      throw new IllegalStateException("a leaf without its entry");
    }
    return new StateEntry(key, value);
  }

  private Bytes keyAt(Bytes path) {
    for (StateSpace.Walk walk = space.walk(Bytes.EMPTY); walk.isThere(); walk.next()) {
      Bytes key = walk.key();
      if (path(topic, key).equals(path)) {
        return key;
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
