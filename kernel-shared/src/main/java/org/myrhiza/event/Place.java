// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.hash.HashContext;
import org.myrhiza.identity.PublicKey;

/**
 * Where an event stands in the canonical order: total, fixed by the event and its ancestors alone,
 * and never before an ancestor's place.
 *
 * <p>The rank decides among events of one depth. It depends on topic, depth and principal only, so
 * that trying out ids wins nothing, and who comes first changes from depth to depth.
 *
 * @param depth 1 for the genesis, else 1 + the greatest depth of the parents; at most {@link
 *     Limits#SEQ}
 * @param rank 16 bytes of {@link #rank}
 * @param id the event's id, which decides between events of one principal at one depth
 */
public record Place(long depth, Bytes rank, EventId id) implements Comparable<Place> {
  /** Bytes of {@link #key}. */
  public static final int KEY_BYTES = 8 + Limits.RANK_BYTES + org.myrhiza.bytes.Limits.ID_BYTES;

  /** The 56 bytes of {@link #key}. */
  public static final Codec<Place> CODEC = Codec.of(Place::write, Place::read);

  private static final HashContext RANK = HashContext.of("rank");
  private static final int RANK_INPUT_BYTES = 2 * org.myrhiza.bytes.Limits.ID_BYTES + Long.BYTES;

  /** Checks depth and size. */
  public Place {
    if (depth < 1 || depth > Limits.SEQ) {
      throw new IllegalArgumentException("depth " + depth + ", allowed 1 to " + Limits.SEQ);
    }
    if (rank.size() != Limits.RANK_BYTES) {
      throw new IllegalArgumentException("rank of " + rank.size() + " bytes, allowed 16");
    }
  }

  /** Returns the place of an event of a principal. */
  public static Place of(TopicId topic, long depth, PublicKey principal, EventId id) {
    return new Place(depth, rank(topic, depth, principal), id);
  }

  /** Returns the first 16 bytes of {@code H("rank", topic, depth, principal)}. */
  public static Bytes rank(TopicId topic, long depth, PublicKey principal) {
    Bytes hash =
        RANK.hash(
            RANK_INPUT_BYTES,
            writer -> writer.fixed(topic.bytes()).u64(depth).fixed(principal.bytes()));
    return hash.slice(0, Limits.RANK_BYTES);
  }

  /** Returns the depth of an event whose deepest parent has the given depth; 0 for no parent. */
  public static long depthAfter(long greatestParentDepth) {
    return greatestParentDepth + 1;
  }

  /** Returns 56 bytes whose unsigned order is the canonical order. */
  public Bytes key() {
    byte[] key = new byte[KEY_BYTES];
    keyTo(key, 0);
    return Bytes.adopt(key);
  }

  /**
   * Copies {@link #key} into an array.
   *
   * @throws IllegalArgumentException if it does not fit
   */
  public void keyTo(byte[] target, int at) {
    int high = (int) (depth >>> Integer.SIZE);
    int low = (int) depth;
    rank.copyTo(0, Limits.RANK_BYTES, target, at + Long.BYTES);
    id.bytes().copyTo(0, id.bytes().size(), target, at + Long.BYTES + Limits.RANK_BYTES);
    for (int i = 0; i < Integer.BYTES; i++) {
      int shift = Integer.SIZE - (i + 1) * Byte.SIZE;
      target[at + i] = (byte) (high >> shift);
      target[at + Integer.BYTES + i] = (byte) (low >> shift);
    }
  }

  /** Reads {@link #key}. */
  public static Decoded<Place> parse(Bytes key) {
    return CODEC.decode(key);
  }

  @Override
  public int compareTo(Place other) {
    int byDepth = Long.compare(depth, other.depth);
    if (byDepth != 0) {
      return byDepth;
    }
    int byRank = rank.compareTo(other.rank);
    return byRank != 0 ? byRank : id.compareTo(other.id);
  }

  private static void write(CanonicalWriter writer, Place place) {
    writer.u64(place.depth).fixed(place.rank);
    EventId.CODEC.write(writer, place.id);
  }

  private static Place read(CanonicalReader reader) {
    long depth = reader.at("depth").u64();
    if (depth < 1 || depth > Limits.SEQ) {
      throw reader.fail("depth", Long.toUnsignedString(depth), "1 to " + Limits.SEQ);
    }
    Bytes rank = reader.at("rank").fixed(Limits.RANK_BYTES);
    return new Place(depth, rank, EventId.CODEC.read(reader.at("event id")));
  }
}
