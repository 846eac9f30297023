// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Codec;
import org.myrhiza.hash.HashContext;

/**
 * What the digest binds beside the tries of the two spaces.
 *
 * @param format 8 bytes
 * @param table 8 bytes
 * @param bundle 32 bytes
 * @param entries of the app's space
 * @param bytes of the app's keys and values
 */
record StateTop(Bytes format, Bytes table, Bytes bundle, long entries, long bytes) {
  private static final HashContext STATE = HashContext.of("state");
  private static final int NUMBER_BYTES = 8;

  static final Codec<StateTop> CODEC =
      Codec.of(
          (w, top) ->
              w.fixed(top.format)
                  .fixed(top.table)
                  .fixed(top.bundle)
                  .u64(top.entries)
                  .u64(top.bytes),
          r ->
              new StateTop(
                  r.fixed(NUMBER_BYTES),
                  r.fixed(NUMBER_BYTES),
                  r.fixed(org.myrhiza.bytes.Limits.ID_BYTES),
                  r.u64(),
                  r.u64()));

  /** Returns the digest over this and the roots of both tries. */
  Bytes root(Bytes app, Bytes kernel) {
    return STATE.hash(w -> {
      CODEC.write(w, this);
      w.fixed(app);
      w.fixed(kernel);
    });
  }
}
