// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.myrhiza.jvm.link.TestPeer.frame;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Authority;
import org.myrhiza.kernel.LinkKind;
import org.myrhiza.testkit.suite.Proves;

/** Links over QUIC, on real sockets. */
@Timeout(90)
final class QuicLinksTest {
  @Test
  void dial_rightKey_linksBothSidesAndCarriesFramesBothWays() {
    try (TestPeer listener = TestPeer.of(1);
        TestPeer dialler = TestPeer.of(2)) {
      dialler.links.dial(listener.key(), listener.listen());
      Heard.Up there = dialler.heard.next(Heard.Up.class);
      Heard.Up here = listener.heard.next(Heard.Up.class);
      assertThat(there).isEqualTo(new Heard.Up(there.link(), listener.key(), LinkKind.QUIC, true));
      assertThat(here).isEqualTo(new Heard.Up(here.link(), dialler.key(), LinkKind.QUIC, false));
      int[] sizes = {1, 300, 5_000, 70_000, org.myrhiza.frame.Limits.FRAME_BYTES, 2};
      for (int size : sizes) {
        dialler.links.send(there.link(), frame(size, size));
      }
      for (int size : sizes) {
        Heard.Frame got = listener.heard.next(Heard.Frame.class);
        assertThat(got.frame()).isEqualTo(frame(size, size));
        listener.links.send(got.link(), got.frame());
      }
      for (int size : sizes) {
        assertThat(dialler.heard.next(Heard.Frame.class).frame()).isEqualTo(frame(size, size));
      }
    }
  }

  @Test
  @Proves("FRAME-5")
  void dial_keyOfSomebodyElse_isRefusedByTheDialler() {
    try (TestPeer listener = TestPeer.of(1);
        TestPeer dialler = TestPeer.of(2)) {
      String address = listener.listen();
      dialler.links.dial(TestPeer.identity(3).key(), address);
      Heard.Failed failed = dialler.heard.next(Heard.Failed.class);
      assertThat(failed.remote()).isEqualTo(TestPeer.identity(3).key());
      assertThat(failed.address()).isEqualTo(address);
      dialler.links.dial(listener.key(), address);
      dialler.heard.next(Heard.Up.class);
      assertThat(listener.heard.next(Heard.Up.class).remote()).isEqualTo(dialler.key());
      assertThat(listener.heard.waiting()).isZero();
    }
  }

  @Test
  void dial_whereOurKeyIsNotAdmitted_isRefusedByTheListener() {
    try (TestPeer dialler = TestPeer.of(2);
        TestPeer listener =
            TestPeer.of(
                1,
                Heard.taking(),
                options -> options.withAdmits(key -> !key.equals(TestPeer.identity(2).key())));
        TestPeer other = TestPeer.of(3)) {
      String address = listener.listen();
      dialler.links.dial(listener.key(), address);
      assertThat(dialler.heard.next(Heard.Failed.class).reason()).contains("may not link");
      other.links.dial(listener.key(), address);
      other.heard.next(Heard.Up.class);
      assertThat(listener.heard.next(Heard.Up.class).remote()).isEqualTo(other.key());
    }
  }

  @Test
  void dial_nobodyThereOrNoAddress_fails() {
    Duration patience = Duration.ofMillis(300);
    try (TestPeer dialler =
        TestPeer.of(2, Heard.taking(), options -> options.withDialPatience(patience))) {
      String address;
      try (TestPeer gone = TestPeer.of(1)) {
        address = gone.listen();
      }
      dialler.links.dial(TestPeer.identity(1).key(), "no address");
      assertThat(dialler.heard.next(Heard.Failed.class).reason()).contains("port");
      dialler.links.dial(dialler.key(), address);
      assertThat(dialler.heard.next(Heard.Failed.class).reason()).contains("our own key");
      dialler.links.dial(TestPeer.identity(1).key(), address);
      assertThat(dialler.heard.next(Heard.Failed.class).address()).isEqualTo(address);
    }
  }

  @Test
  void cutLink_isToldOnBothSidesAndCanBeDialledAgain() {
    try (TestPeer listener = TestPeer.of(1);
        TestPeer dialler = TestPeer.of(2)) {
      String address = listener.listen();
      long last = 0;
      for (int round = 0; round < 3; round++) {
        dialler.links.dial(listener.key(), address);
        Heard.Up there = dialler.heard.next(Heard.Up.class);
        Heard.Up here = listener.heard.next(Heard.Up.class);
        assertThat(there.link()).isGreaterThan(last);
        last = there.link();
        dialler.links.send(there.link(), frame(10, round));
        assertThat(listener.heard.next(Heard.Frame.class).link()).isEqualTo(here.link());
        listener.links.closeLink(here.link(), "enough");
        assertThat(listener.heard.next(Heard.Down.class).link()).isEqualTo(here.link());
        assertThat(dialler.heard.next(Heard.Down.class).reason()).contains("enough");
      }
    }
  }

  @Test
  void peerThatStops_isToldAtOnce() {
    try (TestPeer dialler = TestPeer.of(2)) {
      try (TestPeer listener = TestPeer.of(1)) {
        dialler.links.dial(listener.key(), listener.listen());
        dialler.heard.next(Heard.Up.class);
        listener.heard.next(Heard.Up.class);
      }
      assertThat(dialler.heard.next(Heard.Down.class).reason()).contains("the peer stops");
    }
  }

  @Test
  @Proves("FRAME-5")
  void dialledFromBothSides_oneLinkStays() {
    for (int round = 0; round < 5; round++) {
      try (TestPeer first = TestPeer.of(1);
          TestPeer second = TestPeer.of(2)) {
        String firstAddress = first.listen();
        String secondAddress = second.listen();
        first.links.dial(second.key(), secondAddress);
        second.links.dial(first.key(), firstAddress);
        Crossing one = Crossing.settle(first);
        Crossing two = Crossing.settle(second);
        first.links.send(one.link(), frame(9, 9));
        assertThat(second.heard.until(Heard.Frame.class).link()).isEqualTo(two.link());
        second.links.send(two.link(), frame(8, 8));
        assertThat(first.heard.until(Heard.Frame.class).link()).isEqualTo(one.link());
        assertThat(one.dialled()).isNotEqualTo(two.dialled());
      }
    }
  }

  /**
   * The link that stays when both dialled: the one whose dial ended, in whichever way, is known.
   */
  private record Crossing(long link, boolean dialled) {
    static Crossing settle(TestPeer peer) {
      boolean smaller = peer.key().compareTo(other(peer)) < 0;
      while (true) {
        Heard.Up up = peer.heard.until(Heard.Up.class);
        if (up.dialled() == smaller) {
          return new Crossing(up.link(), up.dialled());
        }
      }
    }

    private static org.myrhiza.identity.PublicKey other(TestPeer peer) {
      org.myrhiza.identity.PublicKey one = TestPeer.identity(1).key();
      return peer.key().equals(one) ? TestPeer.identity(2).key() : one;
    }
  }

  @Test
  void dial_whileLinked_isAnsweredAndTheLinkStays() {
    try (TestPeer listener = TestPeer.of(1);
        TestPeer dialler = TestPeer.of(2)) {
      String address = listener.listen();
      dialler.links.dial(listener.key(), address);
      Heard.Up up = dialler.heard.next(Heard.Up.class);
      dialler.links.dial(listener.key(), address);
      assertThat(dialler.heard.next(Heard.Failed.class).reason()).isEqualTo("already linked");
      dialler.links.send(up.link(), frame(5, 5));
      listener.heard.next(Heard.Up.class);
      listener.heard.next(Heard.Frame.class);
    }
  }

  @Test
  void framesNotTaken_stopTheReadingAndAreBounded() {
    try (TestPeer listener = TestPeer.of(1, Heard.leaving(), options -> options);
        TestPeer dialler = TestPeer.of(2)) {
      dialler.links.dial(listener.key(), listener.listen());
      Heard.Up up = dialler.heard.next(Heard.Up.class);
      listener.heard.next(Heard.Up.class);
      Bytes large = frame(1 << 20, 1);
      for (int i = 0; i < 60; i++) {
        dialler.links.send(up.link(), large);
      }
      assertThat(dialler.heard.next(Heard.Down.class).reason()).contains("wait to be read");
      assertThat(listener.heard.waiting()).isLessThan(20);
    }
  }

  @Test
  void framesTakenLater_allArriveInOrder() {
    try (TestPeer listener = TestPeer.of(1, Heard.leaving(), options -> options);
        TestPeer dialler = TestPeer.of(2)) {
      dialler.links.dial(listener.key(), listener.listen());
      Heard.Up up = dialler.heard.next(Heard.Up.class);
      listener.heard.next(Heard.Up.class);
      for (int i = 0; i < 20; i++) {
        dialler.links.send(up.link(), frame(1_000_000, i));
      }
      for (int i = 0; i < 20; i++) {
        Heard.Frame got = listener.heard.next(Heard.Frame.class);
        assertThat(got.frame()).isEqualTo(frame(1_000_000, i));
        got.taken().run();
      }
    }
  }

  @Test
  void listen_onAnAddressOfNobody_saysWhy() {
    try (TestPeer peer = TestPeer.of(1)) {
      assertThatThrownBy(() -> peer.links.listen(new Authority("192.0.2.1", 0)))
          .isInstanceOf(LinkException.class)
          .hasMessageContaining("192.0.2.1");
    }
  }
}
