// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.engine;

import java.util.List;

/**
 * Core values on their way into or out of a call: arguments or results, one slot each. 32-bit
 * values and 64-bit ones lie in arrays of their own, since a browser takes long for the latter;
 * floats lie there by their bits.
 */
public final class Slots {
  /** Room for nothing. */
  public static final Slots NONE = new Slots(new boolean[0], false);

  private static final long LOW_HALF = 0xffff_ffffL;

  private final boolean[] wide;

  /** Spares narrow ones a look at an array, which costs in a page. */
  private final boolean anyWide;

  private final int[] ints;
  private final long[] longs;

  private Slots(boolean[] wide, boolean anyWide) {
    this.wide = wide;
    this.anyWide = anyWide;
    this.ints = new int[wide.length];
    this.longs = new long[wide.length];
  }

  /** Slots of the kinds, all zero. */
  public static Slots of(List<ValueKind> kinds) {
    boolean[] wide = new boolean[kinds.size()];
    boolean anyWide = false;
    for (int i = 0; i < wide.length; i++) {
      wide[i] = kinds.get(i) == ValueKind.I64 || kinds.get(i) == ValueKind.F64;
      anyWide |= wide[i];
    }
    return new Slots(wide, anyWide);
  }

  /** Slots of 32 bits, all zero. */
  public static Slots ofInts(int count) {
    return new Slots(new boolean[count], false);
  }

  /** Slots of 32 bits that hold these values. */
  public static Slots holding(int... values) {
    Slots slots = ofInts(values.length);
    System.arraycopy(values, 0, slots.ints, 0, values.length);
    return slots;
  }

  /** How many. */
  public int size() {
    return wide.length;
  }

  /** Whether the slot has 64 bits. */
  public boolean isWide(int slot) {
    return wide[slot];
  }

  /** The slot's value, or the low half of a wide one. */
  public int getInt(int slot) {
    return anyWide && wide[slot] ? (int) longs[slot] : ints[slot];
  }

  /** The slot's value, a narrow one sign-extended. */
  public long getLong(int slot) {
    return wide[slot] ? longs[slot] : ints[slot];
  }

  /** Sets a slot; a wide one gets zeros above (CanonicalABI.md, Flat Lowering of variants). */
  public void setInt(int slot, int value) {
    if (anyWide && wide[slot]) {
      longs[slot] = value & LOW_HALF;
    } else {
      ints[slot] = value;
    }
  }

  /** Sets a slot; a narrow one gets the low half. */
  public void setLong(int slot, long value) {
    if (wide[slot]) {
      longs[slot] = value;
    } else {
      ints[slot] = (int) value;
    }
  }

  /** Where the narrow values lie, each at its slot's place: for engines. */
  public int[] ints() {
    return ints;
  }

  /** Where the wide values lie, each at its slot's place: for engines. */
  public long[] longs() {
    return longs;
  }
}
