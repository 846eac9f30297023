// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

/** References for a table. */
public final class ElementSegment {
  /** Stands for a null reference among {@link #item}s. */
  public static final int NULL = -1;

  private final Placement placement;
  private final ValueType type;
  private final int[] items;
  private final int offset;

  ElementSegment(Placement placement, ValueType type, int[] items, int offset) {
    this.placement = placement;
    this.type = type;
    this.items = items;
    this.offset = offset;
  }

  /** When it is used. */
  public Placement placement() {
    return placement;
  }

  /** What it holds, a reference type. */
  public ValueType type() {
    return type;
  }

  /** How many references it holds. */
  public int size() {
    return items.length;
  }

  /**
   * One reference: a function's index, {@link #NULL}, or the value of global {@code g} as {@code -2
   * - g}.
   *
   * @param index 0 to size - 1
   */
  public int item(int index) {
    return items[index];
  }

  /** Where the segment stands. */
  public int offset() {
    return offset;
  }
}
