// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Codec;

/** One change of the store; the changes of a batch apply in order, all or none. */
public sealed interface Write {
  /**
   * Sets an entry.
   *
   * @param key its key
   * @param value its new value
   */
  record Put(Bytes key, Bytes value) implements Write {}

  /**
   * Removes an entry, present or not.
   *
   * @param key its key
   */
  record Delete(Bytes key) implements Write {}

  /**
   * Removes all entries of a range.
   *
   * @param from first key of the range
   * @param to first key behind it
   */
  record DeleteRange(Bytes from, Bytes to) implements Write {}

  /** Canonical form: kind byte, then the fields. */
  Codec<Write> CODEC =
      Codec.of(
          (w, write) -> {
            switch (write) {
              case Put put -> {
                w.u8(0);
                w.bytes(put.key, Limits.STORE_KEY_BYTES);
                w.bytes(put.value, Limits.STORE_VALUE_BYTES);
              }
              case Delete delete -> {
                w.u8(1);
                w.bytes(delete.key, Limits.STORE_KEY_BYTES);
              }
              case DeleteRange range -> {
                w.u8(2);
                w.bytes(range.from, Limits.STORE_KEY_BYTES);
                w.bytes(range.to, Limits.STORE_KEY_BYTES);
              }
            }
          },
          r -> {
            int kind = r.u8();
            return switch (kind) {
              case 0 -> {
                Bytes key = r.bytes(Limits.STORE_KEY_BYTES);
                yield new Put(key, r.bytes(Limits.STORE_VALUE_BYTES));
              }
              case 1 -> new Delete(r.bytes(Limits.STORE_KEY_BYTES));
              case 2 -> {
                Bytes from = r.bytes(Limits.STORE_KEY_BYTES);
                yield new DeleteRange(from, r.bytes(Limits.STORE_KEY_BYTES));
              }
              default -> throw r.fail("kind of write", Integer.toString(kind), "0 to 2");
            };
          });
}
