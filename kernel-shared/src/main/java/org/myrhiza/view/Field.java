// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.view;

import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.Utf8;

/**
 * A named value that goes with an action.
 *
 * @param name 1 to {@link Limits#NAME_BYTES} bytes of UTF-8
 * @param value at most {@link Limits#VALUE_BYTES} bytes of UTF-8
 */
public record Field(String name, String value) {
  /** Canonical form: two texts. */
  public static final Codec<Field> CODEC =
      Codec.of(
          (w, field) -> {
            w.text(field.name, Limits.NAME_BYTES);
            w.text(field.value, Limits.VALUE_BYTES);
          },
          r -> {
            String name = r.text(Limits.NAME_BYTES);
            if (name.isEmpty()) {
              throw r.fail("field name", "empty", "1 to " + Limits.NAME_BYTES + " bytes");
            }
            return new Field(name, r.text(Limits.VALUE_BYTES));
          });

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException when a part is out of bounds or not well-formed
   */
  public Field {
    if (!withinBounds(name, value)) {
      throw new IllegalArgumentException("field out of bounds");
    }
  }

  /** Whether such a field can be made: the check for strings from outside. */
  public static boolean withinBounds(String name, String value) {
    if (!Utf8.isWellFormed(name) || !Utf8.isWellFormed(value)) {
      return false;
    }
    int nameBytes = Utf8.encode(name).size();
    return nameBytes >= 1
        && nameBytes <= Limits.NAME_BYTES
        && Utf8.encode(value).size() <= Limits.VALUE_BYTES;
  }
}
