// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.wast;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A value as a script writes it: every number with its type, every case, field and flag by its
 * label.
 */
public sealed interface WastValue {
  /** The integer types. */
  enum Whole {
    /** 8 bits without sign. */
    U8,
    /** 8 bits with sign. */
    S8,
    /** 16 bits without sign. */
    U16,
    /** 16 bits with sign. */
    S16,
    /** 32 bits without sign. */
    U32,
    /** 32 bits with sign. */
    S32,
    /** 64 bits without sign. */
    U64,
    /** 64 bits with sign. */
    S64
  }

  /**
   * {@code bool}.
   *
   * @param value which
   */
  record Bool(boolean value) implements WastValue {}

  /**
   * An integer.
   *
   * @param type its type
   * @param value in its type's range; a {@code u64} from 2^63 on is negative here
   */
  record Int(Whole type, long value) implements WastValue {}

  /**
   * {@code f32}.
   *
   * @param bits as IEEE 754 has them
   */
  record F32(int bits) implements WastValue {}

  /**
   * {@code f64}.
   *
   * @param bits as IEEE 754 has them
   */
  record F64(long bits) implements WastValue {}

  /**
   * Only expected, never given: one of several NaNs.
   *
   * @param wide {@code f64} instead of {@code f32}
   * @param canonical no payload but the quiet bit, instead of any payload with it
   */
  record AnyNan(boolean wide, boolean canonical) implements WastValue {}

  /**
   * {@code char}.
   *
   * @param codePoint a Unicode scalar value
   */
  record Char(int codePoint) implements WastValue {}

  /**
   * {@code string}.
   *
   * @param value the text
   */
  record Text(String value) implements WastValue {}

  /**
   * {@code list}.
   *
   * @param items in order
   */
  record Items(List<WastValue> items) implements WastValue {
    /** Copies the list. */
    public Items {
      items = List.copyOf(items);
    }
  }

  /**
   * {@code tuple}.
   *
   * @param items in order
   */
  record Tuple(List<WastValue> items) implements WastValue {
    /** Copies the list. */
    public Tuple {
      items = List.copyOf(items);
    }
  }

  /**
   * {@code record}.
   *
   * @param fields in order
   */
  record Fields(List<Field> fields) implements WastValue {
    /** Copies the list. */
    public Fields {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A part of a {@code record}.
   *
   * @param name its name
   * @param value its value
   */
  record Field(String name, WastValue value) {}

  /**
   * {@code variant} or {@code enum}.
   *
   * @param label the case
   * @param payload what it carries, or null
   */
  record Case(String label, @Nullable WastValue payload) implements WastValue {}

  /**
   * {@code option}.
   *
   * @param payload null for none
   */
  record Option(@Nullable WastValue payload) implements WastValue {}

  /**
   * {@code result}.
   *
   * @param ok which of the two
   * @param payload what it carries, or null
   */
  record Result(boolean ok, @Nullable WastValue payload) implements WastValue {}

  /**
   * {@code flags}.
   *
   * @param labels those that are set
   */
  record Flags(SortedSet<String> labels) implements WastValue {
    /** Copies the set. */
    public Flags {
      labels = new TreeSet<>(labels);
    }
  }
}
