// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Codec;

/**
 * One entry of the store. No record has an empty value: a store that finds that a record is not as
 * it was written hands it over without its value, and whoever needs it refuses it.
 *
 * @param key 1 to {@link Limits#STORE_KEY_BYTES} bytes
 * @param value at most {@link Limits#STORE_VALUE_BYTES} bytes
 */
public record StoreEntry(Bytes key, Bytes value) {
  /** Canonical form: both with their lengths. */
  public static final Codec<StoreEntry> CODEC =
      Codec.of(
          (w, entry) -> {
            w.bytes(entry.key, Limits.STORE_KEY_BYTES);
            w.bytes(entry.value, Limits.STORE_VALUE_BYTES);
          },
          r -> new StoreEntry(r.bytes(Limits.STORE_KEY_BYTES), r.bytes(Limits.STORE_VALUE_BYTES)));
}
