// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Aead;

/** A thread's cipher is taken again and again; what came before leaves nothing behind. */
final class AeadJvmTest {
  private static final Bytes KEY = Bytes.of(7).plus(Bytes.zeros(Aead.KEY_BYTES - 1));
  private static final Bytes NONCE = Bytes.zeros(Aead.NONCE_BYTES);
  private static final Bytes ASSOCIATED = Bytes.of(1, 2, 3);
  private static final Bytes PLAIN = Bytes.of(4, 5, 6, 7);

  private final AeadJvm aead = new AeadJvm();

  @Test
  void aFrameThatComesAgainOpensAgain() {
    Bytes sealed = aead.seal(KEY, NONCE, ASSOCIATED, PLAIN);
    for (int i = 0; i < 3; i++) {
      assertThat(aead.open(KEY, NONCE, ASSOCIATED, sealed)).contains(PLAIN);
    }
    assertThat(aead.seal(KEY, NONCE, ASSOCIATED, PLAIN)).isEqualTo(sealed);
  }

  @Test
  void anAlteredFrameLeavesTheNextOneAlone() {
    Bytes sealed = aead.seal(KEY, NONCE, ASSOCIATED, PLAIN);
    Bytes altered = Bytes.of(sealed.at(0) ^ 1).plus(sealed.slice(1, sealed.size()));
    for (int i = 0; i < 3; i++) {
      assertThat(aead.open(KEY, NONCE, ASSOCIATED, altered)).isEmpty();
      assertThat(aead.open(KEY, NONCE, Bytes.EMPTY, sealed)).isEmpty();
      assertThat(aead.open(KEY, NONCE, ASSOCIATED, sealed)).contains(PLAIN);
    }
  }
}
