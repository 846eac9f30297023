// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.Codec;
import org.myrhiza.identity.PublicKey;

/**
 * The first frame of each side on a QUIC link. The dialler's connect succeeds even where the other
 * side then refuses it, so only the answered hello makes a link.
 *
 * @param self the sender's transport key, as TLS proved it
 * @param remote the receiver's key, as the sender knows it
 * @param run 16 random bytes of the sender's run: tells a link of this run from a dead one
 */
record LinkHello(PublicKey self, PublicKey remote, Bytes run) {
  static final int VERSION = 0;
  static final int RUN_BYTES = 16;

  static final Codec<LinkHello> CODEC =
      Codec.of(
          (w, hello) -> {
            w.u8(VERSION);
            PublicKey.CODEC.write(w, hello.self());
            PublicKey.CODEC.write(w, hello.remote());
            w.fixed(hello.run());
          },
          LinkHello::read);

  private static LinkHello read(CanonicalReader r) {
    r.version(VERSION);
    return new LinkHello(PublicKey.CODEC.read(r), PublicKey.CODEC.read(r), r.fixed(RUN_BYTES));
  }
}
