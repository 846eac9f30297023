// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.myrhiza.jvm.link.TestPeer.frame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.testkit.suite.Proves;

/** What a peer may do wrong over QUIC costs its connection and nothing else. */
@Timeout(90)
final class QuicHostileTest {
  private static final TransportIdentity OTHER = TestPeer.identity(9);

  private static LinkHello hello(TransportIdentity from, TestPeer to) {
    return new LinkHello(from.key(), to.key(), frame(LinkHello.RUN_BYTES, 1));
  }

  /** The listener hears nothing of the bad one and links with the next good one. */
  private static void isUnharmed(TestPeer listener, String address) {
    try (TestPeer good = TestPeer.of(2)) {
      good.links.dial(listener.key(), address);
      good.heard.next(Heard.Up.class);
      assertThat(listener.heard.next(Heard.Up.class).remote()).isEqualTo(good.key());
    }
  }

  @Test
  void garbage_insteadOfAHello_isRefused() throws Exception {
    try (TestPeer listener = TestPeer.of(1)) {
      String address = listener.listen();
      try (RawQuic raw = RawQuic.connected(address, OTHER, listener.key())) {
        raw.write(frame(81, 7));
        assertThat(raw.farewell()).startsWith("2 ");
      }
      isUnharmed(listener, address);
    }
  }

  @Test
  @Proves("FRAME-5")
  void hello_thatLiesAboutEitherKey_isRefused() throws Exception {
    try (TestPeer listener = TestPeer.of(1)) {
      String address = listener.listen();
      Bytes run = frame(LinkHello.RUN_BYTES, 1);
      for (LinkHello lie :
          new LinkHello[] {
            new LinkHello(TestPeer.identity(3).key(), listener.key(), run),
            new LinkHello(OTHER.key(), TestPeer.identity(3).key(), run)
          }) {
        try (RawQuic raw = RawQuic.connected(address, OTHER, listener.key())) {
          raw.write(LinkHello.CODEC.encode(lie));
          assertThat(raw.farewell()).startsWith("1 ").contains("other keys");
        }
      }
      isUnharmed(listener, address);
    }
  }

  @Test
  void client_withoutACertificate_isRefused() throws Exception {
    try (TestPeer listener = TestPeer.of(1)) {
      String address = listener.listen();
      try (RawQuic raw = RawQuic.nameless(address)) {
        raw.write(LinkHello.CODEC.encode(hello(OTHER, listener)));
        assertThat(raw.farewell()).isNotEmpty();
      } catch (java.util.concurrent.ExecutionException refusedAtOnce) {
        assertThat(refusedAtOnce).hasCauseInstanceOf(java.io.IOException.class);
      }
      isUnharmed(listener, address);
    }
  }

  @Test
  @Proves("FRAME-5")
  void frame_pastTheBound_endsTheLinkWithAReason() throws Exception {
    try (TestPeer listener = TestPeer.of(1)) {
      String address = listener.listen();
      for (int length : new int[] {org.myrhiza.frame.Limits.FRAME_BYTES + 1, -1, 1 << 30}) {
        try (RawQuic raw = RawQuic.connected(address, OTHER, listener.key())) {
          raw.write(LinkHello.CODEC.encode(hello(OTHER, listener)));
          long link = listener.heard.next(Heard.Up.class).link();
          raw.write(Bytes.of(1, 2, 3));
          assertThat(listener.heard.next(Heard.Frame.class).frame()).isEqualTo(Bytes.of(1, 2, 3));
          raw.write(length, frame(1_000, 1));
          assertThat(raw.farewell()).startsWith("2 ").contains("more bytes");
          assertThat(listener.heard.next(Heard.Down.class).link()).isEqualTo(link);
        }
      }
      isUnharmed(listener, address);
    }
  }

  @Test
  void emptyFrames_areKeepAlivesAndReachNobody() throws Exception {
    try (TestPeer listener = TestPeer.of(1)) {
      String address = listener.listen();
      try (RawQuic raw = RawQuic.connected(address, OTHER, listener.key())) {
        raw.write(Bytes.EMPTY);
        raw.write(LinkHello.CODEC.encode(hello(OTHER, listener)));
        raw.write(Bytes.EMPTY);
        raw.write(Bytes.of(5));
        listener.heard.next(Heard.Up.class);
        assertThat(listener.heard.next(Heard.Frame.class).frame()).isEqualTo(Bytes.of(5));
      }
    }
  }

  @Test
  void newerRunOfOneKey_replacesTheOlderLink() throws Exception {
    try (TestPeer listener = TestPeer.of(1)) {
      String address = listener.listen();
      try (RawQuic older = RawQuic.connected(address, OTHER, listener.key());
          RawQuic newer = RawQuic.connected(address, OTHER, listener.key())) {
        older.write(LinkHello.CODEC.encode(hello(OTHER, listener)));
        long first = listener.heard.next(Heard.Up.class).link();
        Bytes nextRun = frame(LinkHello.RUN_BYTES, 2);
        newer.write(LinkHello.CODEC.encode(new LinkHello(OTHER.key(), listener.key(), nextRun)));
        assertThat(listener.heard.next(Heard.Down.class).link()).isEqualTo(first);
        assertThat(listener.heard.next(Heard.Up.class).link()).isGreaterThan(first);
        assertThat(older.farewell()).startsWith("3 ");
      }
    }
  }
}
