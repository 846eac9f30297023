// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;

/**
 * What one apply replaced: putting it back, in any order, gives the state before that apply.
 *
 * @param old one entry per key written
 */
public record Undo(List<Old> old) {
  /**
   * A key's value before the apply.
   *
   * @param value null when the key was absent
   */
  public record Old(Space space, Bytes key, @Nullable Bytes value) {}

  /** The undo of an apply that wrote nothing. */
  public static final Undo NOTHING = new Undo(List.of());

  private static final Codec<Old> OLD = Codec.of(Undo::writeOld, Undo::readOld);

  /** The canonical form inside a stored verdict. */
  public static final Codec<Undo> CODEC =
      Codec.of(
          (w, undo) -> w.list(undo.old, Limits.UNDO_ENTRIES, OLD),
          r -> new Undo(r.list(Limits.UNDO_ENTRIES, OLD)));

  /** Copies the list. */
  public Undo {
    old = List.copyOf(old);
  }

  /** Returns the undo of this apply and of what came after it, together. */
  public Undo plus(Undo later) {
    List<Old> both = new ArrayList<>(old);
    both.addAll(later.old);
    return new Undo(both);
  }

  private static void writeOld(CanonicalWriter w, Old entry) {
    w.u8(entry.space.code());
    w.bytes(entry.key, Limits.KEY_MAX_BYTES);
    w.flag(entry.value != null);
    if (entry.value != null) {
      w.bytes(entry.value, Limits.VALUE_MAX_BYTES);
    }
  }

  private static Old readOld(CanonicalReader r) {
    Space space = StateRecords.space(r);
    Bytes key = r.bytes(Limits.KEY_MAX_BYTES);
    Bytes value = r.flag() ? r.bytes(Limits.VALUE_MAX_BYTES) : null;
    return new Old(space, key, value);
  }
}
