// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.testkit.HostileBytes;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.vectors.VectorFiles;

/** The bytes of the hello on a QUIC link, and the certificate behind it. */
final class LinkHelloTest {
  private static Bytes counting(int first, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (first + i);
    }
    return Bytes.adopt(bytes);
  }

  @Test
  @Proves("FRAME-5")
  void golden_bytes() {
    LinkHello hello =
        new LinkHello(
            new PublicKey(counting(32, 32)), new PublicKey(counting(64, 32)), counting(7, 16));
    Bytes golden = Bytes.hex(Json.parse(VectorFiles.spec("frame.json")).at("link hello").text());
    assertThat(LinkHello.CODEC.encode(hello)).isEqualTo(golden);
    assertThat(LinkHello.CODEC.decode(golden).orThrow()).isEqualTo(hello);
    HostileBytes.attack("link hello", LinkHello.CODEC, golden);
  }

  @Test
  void certificate_isTheSameForOneKeyAndGivesItBack() throws Exception {
    var certificate = TransportCertificate.of(TestPeer.identity(1));
    assertThat(certificate).isEqualTo(TransportCertificate.of(TestPeer.identity(1)));
    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity();
    assertThat(TransportCertificate.keyOf(new java.security.cert.X509Certificate[] {certificate}))
        .isEqualTo(TestPeer.identity(1).key());
  }
}
