// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

/**
 * How deep and how large a value type is, written out as a tree.
 *
 * @param depth levels of nesting, 1 for a primitive
 * @param nodes nodes of the tree
 * @param bytes bytes of an element in a memory of 64-bit addresses, where validation measures
 *     (CanonicalABI.md, Element Size); saturates at {@link Limits#ELEMENT_BYTES}
 * @param alignment 1, 2, 4 or 8
 * @param borrows whether some part is a borrowed handle
 */
public record Measure(int depth, int nodes, long bytes, int alignment, boolean borrows) {
  /** What a handle or anything else of one node measures. */
  static Measure leaf(long bytes) {
    return new Measure(1, 1, bytes, (int) bytes, false);
  }

  /** What an address and a length measure, whatever they lead to. */
  static Measure pointers() {
    return new Measure(1, 1, 2 * 8, 8, false);
  }

  static Measure of(Primitive primitive) {
    return primitive == Primitive.STRING ? pointers() : leaf(primitive.size());
  }

  /** The next multiple of a power of two. */
  static long align(long offset, int alignment) {
    return (offset + alignment - 1) & -alignment;
  }
}
