// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.TopicId;
import org.myrhiza.hash.Hashes;

/**
 * The tries of state and log from their definition: all paths sorted, split where the first and the
 * last part. Nothing is kept from one call to the next.
 */
public final class SlowTrie {
  private static final int MAX = 1 << 20;
  private static final Bytes CHANGED = Bytes.of(1);

  private record Leaf(Bytes path, Bytes hash) {}

  private SlowTrie() {}

  /** Returns the root over some entries of a topic. */
  public static Bytes root(TopicId topic, Map<Bytes, Bytes> entries) {
    TreeMap<Bytes, Leaf> leaves = new TreeMap<>();
    for (Map.Entry<Bytes, Bytes> entry : entries.entrySet()) {
      Bytes key = entry.getKey();
      Bytes path = path(topic, key);
      Bytes hash =
          Hashes.derive(
              "leaf",
              w -> {
                w.fixed(path);
                w.bytes(key, MAX);
                w.bytes(entry.getValue(), MAX);
              });
      leaves.put(path, new Leaf(path, hash));
    }
    return root(new ArrayList<>(leaves.values()));
  }

  private static Bytes path(TopicId topic, Bytes key) {
    return Hashes.derive(
        "state path",
        w -> {
          TopicId.CODEC.write(w, topic);
          w.bytes(key, MAX);
        });
  }

  /** Returns how many nodes of the trie over some keys have one of the changed keys below them. */
  public static int nodesAbove(TopicId topic, Collection<Bytes> keys, Collection<Bytes> changed) {
    TreeMap<Bytes, Leaf> leaves = new TreeMap<>();
    for (Bytes key : keys) {
      Bytes path = path(topic, key);
      leaves.put(path, new Leaf(path, changed.contains(key) ? CHANGED : Bytes.EMPTY));
    }
    return nodesAbove(new ArrayList<>(leaves.values()));
  }

  private static int nodesAbove(List<Leaf> leaves) {
    if (leaves.size() < 2 || leaves.stream().noneMatch(leaf -> leaf.hash().equals(CHANGED))) {
      return 0;
    }
    int parting = parting(leaves);
    return 1
        + nodesAbove(leaves.subList(0, parting))
        + nodesAbove(leaves.subList(parting, leaves.size()));
  }

  /** Returns the digest of a topic's state before its genesis, with some entries of an app. */
  public static Bytes digest(TopicId topic, Map<Bytes, Bytes> entries) {
    long size = 0;
    for (Map.Entry<Bytes, Bytes> entry : entries.entrySet()) {
      size += entry.getKey().size() + entry.getValue().size();
    }
    long bytes = size;
    return Hashes.derive(
        "state",
        w -> {
          w.u64(0);
          w.u64(0);
          w.fixed(Bytes.zeros(32));
          w.u64(entries.size());
          w.u64(bytes);
          w.fixed(root(topic, entries));
          w.fixed(root(topic, Map.of()));
        });
  }

  /** Returns the root of the log tree over some places, each once. */
  public static Bytes logRoot(Collection<Bytes> places) {
    List<Leaf> leaves = new ArrayList<>();
    for (Bytes place : new TreeSet<>(places)) {
      leaves.add(new Leaf(place, Hashes.derive("leaf", w -> w.fixed(place).u8(0).u8(0))));
    }
    return root(leaves);
  }

  private static Bytes root(List<Leaf> leaves) {
    if (leaves.isEmpty()) {
      return Hashes.derive("empty", Bytes.EMPTY);
    }
    if (leaves.size() == 1) {
      return leaves.getFirst().hash();
    }
    int parting = parting(leaves);
    return node(
        leaves.getFirst().path(),
        shared(leaves),
        root(leaves.subList(0, parting)),
        root(leaves.subList(parting, leaves.size())));
  }

  /** How many bits all share. */
  private static int shared(List<Leaf> leaves) {
    int shared = 0;
    while (bit(leaves.getFirst(), shared) == bit(leaves.getLast(), shared)) {
      shared++;
    }
    return shared;
  }

  /** How many are on the left. */
  private static int parting(List<Leaf> leaves) {
    int shared = shared(leaves);
    int parting = 0;
    while (bit(leaves.get(parting), shared) == 0) {
      parting++;
    }
    return parting;
  }

  private static int bit(Leaf leaf, int index) {
    return leaf.path().at(index / 8) >> (7 - index % 8) & 1;
  }

  private static Bytes node(Bytes path, int bits, Bytes left, Bytes right) {
    int[] prefix = new int[(bits + 7) / 8];
    for (int i = 0; i < bits; i++) {
      prefix[i / 8] |= path.at(i / 8) & 1 << (7 - i % 8);
    }
    return Hashes.derive(
        "node",
        w -> {
          w.u16(bits);
          w.fixed(Bytes.of(prefix));
          w.fixed(left);
          w.fixed(right);
        });
  }
}
