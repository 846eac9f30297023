// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.frame;

import org.myrhiza.bytes.Codec;
import org.myrhiza.identity.PublicKey;

/**
 * Where a peer may be dialled directly. A hint: whoever answers there must prove the key.
 *
 * @param transport the peer's transport key
 * @param address where it listened
 */
public record AddressHint(PublicKey transport, Authority address) {
  /** Key, then the address as text. */
  public static final Codec<AddressHint> CODEC =
      Codec.of(
          (w, hint) -> {
            PublicKey.CODEC.write(w, hint.transport());
            Authority.CODEC.write(w, hint.address());
          },
          r -> new AddressHint(PublicKey.CODEC.read(r), Authority.CODEC.read(r)));
}
