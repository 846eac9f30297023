// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Authority;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Secret;

/** Links of a test, with a key made from a number. */
final class TestPeer implements AutoCloseable {
  final TransportIdentity identity;
  final Heard heard;
  final Links links;

  private TestPeer(TransportIdentity identity, Heard heard, UnaryOperator<LinksOptions> change) {
    this.identity = identity;
    this.heard = heard;
    LinksOptions quick =
        LinksOptions.of(identity).withRetry(Duration.ofMillis(50), Duration.ofMillis(400));
    this.links = Links.open(change.apply(quick), heard);
  }

  static TestPeer of(int number) {
    return of(number, Heard.taking(), options -> options);
  }

  static TestPeer of(int number, Heard heard, UnaryOperator<LinksOptions> change) {
    return new TestPeer(identity(number), heard, change);
  }

  static TransportIdentity identity(int number) {
    byte[] seed = new byte[32];
    seed[0] = (byte) number;
    return TransportIdentity.fromSeed(Secret.adopt(seed));
  }

  PublicKey key() {
    return identity.key();
  }

  /** Listens on a free loopback port and returns the address. */
  String listen() {
    try {
      return links.listen(new Authority("127.0.0.1", 0)).text();
    } catch (LinkException failed) {
      throw new AssertionError(failed);
    }
  }

  static ChannelId channel(int number) {
    byte[] bytes = new byte[32];
    bytes[31] = (byte) number;
    return new ChannelId(Bytes.adopt(bytes));
  }

  static Bytes frame(int size, int fill) {
    byte[] bytes = new byte[size];
    java.util.Arrays.fill(bytes, (byte) fill);
    return Bytes.adopt(bytes);
  }

  @Override
  public void close() {
    links.close();
  }
}
