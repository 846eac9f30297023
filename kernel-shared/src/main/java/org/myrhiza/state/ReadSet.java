// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;

/**
 * What the outcome of one apply depends on besides the event and its budget, up to its end or trap
 * (rules.md, section 11). Local: peers may bound their records differently.
 *
 * <p>The size of the topic counts only where the quota is near: an apply that asked for {@code
 * writes} writes of {@code writtenBytes} cannot have failed, and cannot fail, while that much is
 * left of the quota before it, whatever the keys held. One that did fail by the quota depends on
 * everything.
 *
 * @param everything whether any change counts, because the reads were too many or the quota was met
 * @param keys single keys read, absent ones too, ascending
 * @param intervals stretches that scans covered
 * @param forked whether it was asked if the key forked, and the answer
 * @param writes calls of put and delete, 0 to 1,024
 * @param writtenBytes bytes given to them, 0 to 1,048,576
 */
public record ReadSet(
    boolean everything,
    List<Bytes> keys,
    List<Reads.Interval> intervals,
    Asked forked,
    int writes,
    int writtenBytes) {
  /** Whether an apply asked if its event's key forked, and what it was told. */
  public enum Asked {
    /** It did not ask. */
    NEVER(0),
    /** It was told no. */
    NOT_FORKED(1),
    /** It was told yes. */
    FORKED(2);

    private final int code;

    Asked(int code) {
      this.code = code;
    }

    private static Asked of(int code) {
      return code == NEVER.code ? NEVER : code == FORKED.code ? FORKED : NOT_FORKED;
    }

    /** Returns whether an apply that asked would be told the same now. */
    public boolean stillTrue(boolean forkedNow) {
      return this == NEVER || (this == FORKED) == forkedNow;
    }
  }

  /** What an event that no app gets depends on. */
  public static final ReadSet NOTHING = new ReadSet(false, List.of(), List.of(), Asked.NEVER, 0, 0);

  private static final Codec<Bytes> KEY =
      Codec.of((w, key) -> w.bytes(key, Limits.KEY_MAX_BYTES), r -> r.bytes(Limits.KEY_MAX_BYTES));

  /** The form inside a stored verdict. */
  public static final Codec<ReadSet> CODEC = Codec.of(ReadSet::write, ReadSet::read);

  /** Copies the lists. */
  public ReadSet {
    keys = List.copyOf(keys);
    intervals = List.copyOf(intervals);
  }

  private static void write(CanonicalWriter w, ReadSet reads) {
    w.flag(reads.everything);
    w.list(reads.keys, Limits.STORED_READS, KEY);
    w.list(reads.intervals, Limits.STORED_READS, Reads.Interval.CODEC);
    w.u8(reads.forked.code);
    w.lebInt(reads.writes, Limits.WRITES_PER_APPLY);
    w.lebInt(reads.writtenBytes, Limits.WRITTEN_BYTES_PER_APPLY);
  }

  private static ReadSet read(CanonicalReader r) {
    return new ReadSet(
        r.flag(),
        r.list(Limits.STORED_READS, KEY),
        r.list(Limits.STORED_READS, Reads.Interval.CODEC),
        Asked.of(r.choice(Asked.values().length)),
        r.lebInt(Limits.WRITES_PER_APPLY),
        r.lebInt(Limits.WRITTEN_BYTES_PER_APPLY));
  }
}
