// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.hash;

import java.util.function.Consumer;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalWriter;

/** {@code H(name, fields…)} in one call; where it is hot, keep a {@link HashContext} instead. */
public final class Hashes {
  private Hashes() {}

  /** Returns the 32-byte hash, under a name, of fields that are already encoded. */
  public static Bytes derive(String name, Bytes encodedFields) {
    return HashContext.of(name).hash(encodedFields);
  }

  /** Returns the 32-byte hash, under a name, of what {@code fields} writes. */
  public static Bytes derive(String name, Consumer<CanonicalWriter> fields) {
    return HashContext.of(name).hash(fields);
  }
}
