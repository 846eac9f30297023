// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.crossing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.crossing.Exchange;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.StringEncoding;
import org.myrhiza.wasm.component.ValueType;

/**
 * What jco is known to do otherwise than the specification (CanonicalABI.md). Each is told by types
 * and values alone; a comparison that comes to none of a kind fails, so that none outlives its
 * cause.
 */
enum Deviation {
  /**
   * A text that begins with U+FEFF is lifted without it: the decoder takes it for a byte order
   * mark. The specification knows no marks. What is expected of jco is the rest of the text.
   */
  MARKS_VANISH,

  /**
   * An empty text in UTF-8 is lowered without a call of realloc. The specification calls it with a
   * length of 0. What is expected of jco is one call less for each.
   */
  EMPTY_TEXTS_ALLOCATE_NOTHING,

  /**
   * A map that is lowered in a loop, or beside another map, shares a name with its neighbour in the
   * generated code, which then does not load or throws. Such exchanges are not compared; a few are
   * shown to fail.
   */
  MAPS_SHARE_A_NAME,

  /**
   * Strings in {@code latin1+utf16} stop the generator. Batches of that encoding are not compared;
   * one is shown to fail.
   */
  NO_LATIN1;

  /** Why an exchange cannot be compared, or null when it can. */
  static @Nullable Deviation excluding(StringEncoding encoding, Exchange exchange) {
    List<ValueType> params = exchange.type().params().stream().map(ValueType.Field::type).toList();
    ValueType result = exchange.type().result();
    List<ValueType> results = result == null ? List.of() : List.of(result);
    if (encoding == StringEncoding.LATIN1_UTF16 && (holdsText(params) || holdsText(results))) {
      return NO_LATIN1;
    }
    return maps(params) > 1 || maps(results) > 1 ? MAPS_SHARE_A_NAME : null;
  }

  private static boolean holdsText(List<ValueType> types) {
    return types.stream().anyMatch(t -> t == Primitive.STRING || holdsText(t.parts()));
  }

  /** How many maps there are; one in a loop counts twice. */
  private static int maps(List<ValueType> types) {
    int count = 0;
    for (ValueType type : types) {
      boolean loop = type instanceof ValueType.ListOf || type instanceof ValueType.FixedListOf;
      int inside = maps(type.parts());
      count += (loop ? 2 * inside : inside) + (type instanceof ValueType.MapOf ? 1 : 0);
    }
    return count;
  }
}
