// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.abi;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.ValueType;

/**
 * A value type with everything precomputed that lifting and lowering need: size and alignment in
 * memory in bytes, and the number of core values when flat. Made once per function, not per call.
 */
public sealed interface Layout {
  /** Bytes in memory, a multiple of the alignment, at least 1. */
  int size();

  /** 1, 2, 4 or 8. */
  int alignment();

  /** Core values when flat, at least 1. */
  int flatCount();

  /** A number, boolean or character. */
  record Scalar(Primitive type, int size) implements Layout {
    @Override
    public int alignment() {
      return size;
    }

    @Override
    public int flatCount() {
      return 1;
    }
  }

  /** {@code string}: address and length in bytes. */
  record Text() implements Layout {
    @Override
    public int size() {
      return POINTER_PAIR;
    }

    @Override
    public int alignment() {
      return POINTER;
    }

    @Override
    public int flatCount() {
      return 2;
    }
  }

  /** {@code list<u8>}: address and length. */
  record Octets() implements Layout {
    @Override
    public int size() {
      return POINTER_PAIR;
    }

    @Override
    public int alignment() {
      return POINTER;
    }

    @Override
    public int flatCount() {
      return 2;
    }
  }

  /** {@code list} of other numbers: address and number of elements. */
  record Numbers(Primitive element) implements Layout {
    @Override
    public int size() {
      return POINTER_PAIR;
    }

    @Override
    public int alignment() {
      return POINTER;
    }

    @Override
    public int flatCount() {
      return 2;
    }
  }

  /** {@code list} of a fixed length: its elements in place. */
  record FixedItems(Layout element, int length) implements Layout {
    @Override
    public int size() {
      return element.size() * length;
    }

    @Override
    public int alignment() {
      return element.alignment();
    }

    @Override
    public int flatCount() {
      return (int) Math.min((long) element.flatCount() * length, FLAT_COUNT_END);
    }
  }

  /** {@code own} and {@code borrow}: an index into a table of handles. */
  record Handle(int resource, boolean owns) implements Layout {
    @Override
    public int size() {
      return POINTER;
    }

    @Override
    public int alignment() {
      return POINTER;
    }

    @Override
    public int flatCount() {
      return 1;
    }
  }

  /** {@code list} of anything else, and {@code map}: address and number of elements. */
  record Items(Layout element) implements Layout {
    @Override
    public int size() {
      return POINTER_PAIR;
    }

    @Override
    public int alignment() {
      return POINTER;
    }

    @Override
    public int flatCount() {
      return 2;
    }
  }

  /** {@code record} and {@code tuple}: parts and where each begins. */
  record Group(List<Layout> parts, List<Integer> offsets, int size, int alignment, int flatCount)
      implements Layout {}

  /** {@code flags}: a bit set of 1, 2 or 4 bytes. */
  record Flags(int labels, int size) implements Layout {
    @Override
    public int alignment() {
      return size;
    }

    @Override
    public int flatCount() {
      return 1;
    }
  }

  /** {@code variant enum option result}: a discriminant, then the case's payload. */
  record Choice(
      List<Payload> cases,
      int discriminantSize,
      int payloadOffset,
      int size,
      int alignment,
      int flatCount)
      implements Layout {}

  /**
   * What a case carries.
   *
   * @param payload its layout, or null when it carries nothing
   */
  record Payload(@Nullable Layout payload) {}

  /** Bytes of an address or a length. */
  int POINTER = 4;

  /** Bytes of an address and a length. */
  int POINTER_PAIR = 8;

  /** More flat values than this are never counted: long before, they are spilled to memory. */
  int FLAT_COUNT_END = 1 << 10;

  /** The layout of a type without handles. */
  static Layout of(ValueType type) {
    return Layouts.withoutHandles().of(type);
  }

  /** The layout of types without handles, one after the other, as in a record; may be none. */
  static Group group(List<ValueType> types) {
    return Layouts.withoutHandles().group(types);
  }

  /** The next multiple of a power of two. */
  static int align(int offset, int alignment) {
    return (offset + alignment - 1) & -alignment;
  }
}
