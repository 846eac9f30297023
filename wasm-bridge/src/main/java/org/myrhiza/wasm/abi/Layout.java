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

  /** Contents of any length, wherever the guest's allocator put them: an address and a count. */
  sealed interface Elsewhere extends Layout {
    @Override
    default int size() {
      return POINTER_PAIR;
    }

    @Override
    default int alignment() {
      return POINTER;
    }

    @Override
    default int flatCount() {
      return 2;
    }
  }

  /** {@code string}: address and length in bytes. */
  record Text() implements Elsewhere {}

  /** {@code list<u8>}: address and length. */
  record Octets() implements Elsewhere {}

  /** {@code list} of other numbers: address and number of elements. */
  record Numbers(Primitive element) implements Elsewhere {}

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
  record Items(Layout element) implements Elsewhere {}

  /** What is made of other layouts, with the numbers that follow from them. */
  abstract sealed class Compound implements Layout {
    private final int size;
    private final int alignment;
    private final int flatCount;

    private Compound(int size, int alignment, int flatCount) {
      this.size = size;
      this.alignment = alignment;
      this.flatCount = flatCount;
    }

    @Override
    public final int size() {
      return size;
    }

    @Override
    public final int alignment() {
      return alignment;
    }

    @Override
    public final int flatCount() {
      return flatCount;
    }
  }

  /** {@code record} and {@code tuple}: parts and where each begins. */
  final class Group extends Compound {
    private final Layout[] parts;
    private final int[] offsets;

    /** Parts in order, which may be none. */
    public Group(List<Layout> parts) {
      int[] begins = new int[parts.size()];
      int at = 0;
      int widest = 1;
      int flat = 0;
      for (int i = 0; i < begins.length; i++) {
        Layout part = parts.get(i);
        begins[i] = align(at, part.alignment());
        at = begins[i] + part.size();
        widest = Math.max(widest, part.alignment());
        flat = Math.min(flat + part.flatCount(), FLAT_COUNT_END);
      }
      super(align(at, widest), widest, flat);
      this.parts = parts.toArray(new Layout[0]);
      this.offsets = begins;
    }

    /** How many parts. */
    public int count() {
      return parts.length;
    }

    /** The part at a position. */
    public Layout part(int index) {
      return parts[index];
    }

    /** Bytes before the part at a position. */
    public int offset(int index) {
      return offsets[index];
    }
  }

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
  final class Choice extends Compound {
    private final @Nullable Layout[] payloads;
    private final int discriminantSize;
    private final int payloadOffset;

    /** What each case carries; null for nothing. */
    Choice(@Nullable Layout[] payloads) {
      int discriminant = payloads.length <= 0x100 ? 1 : payloads.length <= 0x10000 ? 2 : 4;
      int widest = 1;
      int largest = 0;
      int flat = 0;
      for (@Nullable Layout payload : payloads) {
        if (payload != null) {
          widest = Math.max(widest, payload.alignment());
          largest = Math.max(largest, payload.size());
          flat = Math.max(flat, payload.flatCount());
        }
      }
      int offset = align(discriminant, widest);
      int alignment = Math.max(discriminant, widest);
      super(align(offset + largest, alignment), alignment, 1 + flat);
      this.payloads = payloads.clone();
      this.discriminantSize = discriminant;
      this.payloadOffset = offset;
    }

    /** How many cases. */
    public int count() {
      return payloads.length;
    }

    /** What a case carries, or null. */
    public @Nullable Layout payload(int index) {
      return payloads[index];
    }

    /** Bytes of the discriminant: 1, 2 or 4. */
    public int discriminantSize() {
      return discriminantSize;
    }

    /** Bytes before the payload. */
    public int payloadOffset() {
      return payloadOffset;
    }
  }

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
