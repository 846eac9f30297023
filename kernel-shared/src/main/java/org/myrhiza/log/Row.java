// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Place;
import org.myrhiza.identity.PublicKey;

/**
 * One event in a stored index: {@code kind and flags, depth, rank and id, clock, size, parents}.
 * The depth is told as the difference to that of the row before, a parent as the distance between
 * the two numbers. Its keys follow from its previous event; for the first of a chain, and where the
 * principal is another than the previous event's, they are at the end. One object takes the rows of
 * a record one after the other.
 */
final class Row {
  private static final int KIND = 0x0f;

  /** The first event of its chain, seq 1: its signer follows, who is its principal too. */
  private static final int FIRST = 0x10;

  /** Its principal follows. */
  private static final int PRINCIPAL = 0x20;

  private static final int NAME_BYTES = Place.KEY_BYTES - Long.BYTES;
  private static final int RANK_BYTES = NAME_BYTES - org.myrhiza.bytes.Limits.ID_BYTES;
  private static final int MAX_PARENTS = org.myrhiza.event.Limits.DEPS + 1;

  int number;
  EventKind kind = EventKind.APP;
  int depth;

  /** Rank and id. */
  Bytes name = Bytes.EMPTY;

  long clock;
  int size;
  int parents;
  final int[] cited = new int[MAX_PARENTS];

  /** The key of a chain that begins. */
  @Nullable PublicKey signer;

  /** The principal, where it does not follow from the previous event. */
  @Nullable PublicKey principal;

  private Row(int first) {
    number = first - 1;
  }

  /** Returns one that takes rows from an event on. */
  static Row before(int first) {
    return new Row(first);
  }

  /** Takes the next row. */
  Row read(CanonicalReader r) {
    number++;
    int head = r.at("kind in an index").choice(FIRST + PRINCIPAL + KIND + 1);
    if ((head & KIND) >= Graph.KINDS.size()) {
      throw r.fail("kind in an index", Integer.toString(head), "one of an event");
    }
    kind = Graph.KINDS.get(head & KIND);
    int turned = r.at("depth in an index").lebInt(Integer.MAX_VALUE);
    depth += (turned >>> 1) ^ -(turned & 1);
    name = r.at("place in an index").fixed(NAME_BYTES);
    clock = r.u64();
    size = r.lebInt(Integer.MAX_VALUE);
    parents = r.at("parents in an index").lebInt(MAX_PARENTS);
    for (int i = 0; i < parents; i++) {
      cited[i] = number - 1 - r.lebInt(Math.max(0, number - 1));
    }
    boolean first = (head & FIRST) != 0;
    if ((parents == 0) != (number == 0) || (number == 0 && !first)) {
      throw r.fail("parents in an index", parents + " of event " + number, "none of the first");
    }
    signer = first ? PublicKey.CODEC.read(r) : null;
    principal = (head & PRINCIPAL) == 0 ? null : PublicKey.CODEC.read(r);
    return this;
  }

  EventId id() {
    return new EventId(name.slice(RANK_BYTES, NAME_BYTES));
  }

  Place place() {
    return new Place(depth, name.slice(0, RANK_BYTES), id());
  }

  /**
   * Writes the row of an event.
   *
   * @param depthBefore the depth of the event in the row before, 0 in the first one
   */
  static void write(CanonicalWriter w, Graph graph, int number, int depthBefore) {
    int prev = graph.prev(number);
    PublicKey signer = graph.branch(number).chain.key();
    PublicKey usual = prev == Graph.NONE ? signer : graph.principalKey(prev);
    PublicKey principal = graph.principalKey(number);
    int first = prev == Graph.NONE ? FIRST : 0;
    int other = principal.equals(usual) ? 0 : PRINCIPAL;
    w.u8(Graph.KINDS.indexOf(graph.kind(number)) | first | other);
    int change = graph.depth(number) - depthBefore;
    w.lebInt((change << 1) ^ (change >> (Integer.SIZE - 1)), Integer.MAX_VALUE);
    w.fixed(graph.key(number).slice(Long.BYTES, Place.KEY_BYTES));
    w.u64(graph.clock(number).packed());
    w.lebInt(graph.sizeBytes(number), Integer.MAX_VALUE);
    int[] parents = graph.parents(number);
    w.lebInt(parents.length, MAX_PARENTS);
    for (int parent : parents) {
      w.lebInt(number - 1 - parent, Integer.MAX_VALUE);
    }
    if (first != 0) {
      PublicKey.CODEC.write(w, signer);
    }
    if (other != 0) {
      PublicKey.CODEC.write(w, principal);
    }
  }
}
