// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.myrhiza.jvm.link.TestPeer.channel;
import static org.myrhiza.jvm.link.TestPeer.frame;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.myrhiza.frame.Authority;
import org.myrhiza.kernel.LinkKind;
import org.myrhiza.relay.server.RelayOptions;
import org.myrhiza.relay.server.RelayServer;
import org.myrhiza.relay.server.RelayStartException;

/** Links over real relays. */
@Timeout(90)
final class RelayLinksTest {
  private static RelayServer relay(int port) {
    try {
      Authority where = new Authority("127.0.0.1", port);
      return RelayServer.start(RelayOptions.defaults().withListen(where));
    } catch (RelayStartException failed) {
      throw new AssertionError(failed);
    }
  }

  private static void isUp(TestPeer peer, RelayServer relay) {
    assertThat(peer.heard.next(Heard.Relay.class))
        .isEqualTo(new Heard.Relay(relay.webSocketUrl(), true, ""));
  }

  /** Attaches two peers to one channel; both have heard of each other then. */
  private static long meet(TestPeer first, TestPeer second, RelayServer relay) {
    first.links.attach(channel(1), List.of(relay.webSocketUrl()));
    isUp(first, relay);
    second.links.attach(channel(1), List.of(relay.webSocketUrl()));
    isUp(second, relay);
    Heard.Up up = first.heard.next(Heard.Up.class);
    assertThat(up).isEqualTo(new Heard.Up(up.link(), second.key(), LinkKind.RELAY, false));
    assertThat(first.heard.next(Heard.Joined.class).channel()).isEqualTo(channel(1));
    assertThat(second.heard.next(Heard.Up.class).remote()).isEqualTo(first.key());
    second.heard.next(Heard.Joined.class);
    return up.link();
  }

  @Test
  void members_linkAndCarryFrames() {
    try (RelayServer relay = relay(0);
        TestPeer first = TestPeer.of(1);
        TestPeer second = TestPeer.of(2)) {
      long link = meet(first, second, relay);
      first.links.send(link, frame(300, 1));
      Heard.Frame direct = second.heard.next(Heard.Frame.class);
      assertThat(direct.frame()).isEqualTo(frame(300, 1));
      second.links.publish(channel(1), frame(org.myrhiza.frame.Limits.FRAME_BYTES, 2));
      Heard.Frame published = first.heard.next(Heard.Frame.class);
      assertThat(published.link()).isEqualTo(link);
      assertThat(published.frame().size()).isEqualTo(org.myrhiza.frame.Limits.FRAME_BYTES);
    }
  }

  @Test
  void secondChannel_addsAMemberNotALink() {
    try (RelayServer relay = relay(0);
        TestPeer first = TestPeer.of(1);
        TestPeer second = TestPeer.of(2)) {
      long link = meet(first, second, relay);
      first.links.attach(channel(2), List.of(relay.webSocketUrl()));
      second.links.attach(channel(2), List.of(relay.webSocketUrl()));
      assertThat(first.heard.next(Heard.Joined.class))
          .isEqualTo(new Heard.Joined(link, channel(2)));
      second.links.detach(channel(1));
      assertThat(first.heard.next(Heard.Left.class)).isEqualTo(new Heard.Left(link, channel(1)));
      second.links.detach(channel(2));
      assertThat(first.heard.next(Heard.Left.class)).isEqualTo(new Heard.Left(link, channel(2)));
      assertThat(first.heard.next(Heard.Down.class).link()).isEqualTo(link);
    }
  }

  @Test
  void relayThatDies_isTriedUntilItIsBackAndChannelsAreJoinedAnew() {
    try (TestPeer first = TestPeer.of(1);
        TestPeer second = TestPeer.of(2)) {
      int port;
      try (RelayServer relay = relay(0)) {
        port = relay.port();
        meet(first, second, relay);
      }
      first.heard.next(Heard.Left.class);
      first.heard.next(Heard.Down.class);
      Heard.Relay down = first.heard.next(Heard.Relay.class);
      assertThat(down.up()).isFalse();
      assertThat(down.reason()).isEqualTo("the relay stops");
      try (RelayServer again = relay(port)) {
        assertThat(again.port()).isEqualTo(port);
        Heard.Up up = first.heard.until(Heard.Up.class);
        assertThat(up.remote()).isEqualTo(second.key());
        first.links.send(up.link(), frame(7, 7));
        assertThat(second.heard.until(Heard.Frame.class).frame()).isEqualTo(frame(7, 7));
      }
    }
  }

  @Test
  void twoRelays_makeOneLinkThatOutlivesOne() {
    try (RelayServer one = relay(0);
        RelayServer two = relay(0);
        TestPeer first = TestPeer.of(1);
        TestPeer second = TestPeer.of(2)) {
      long link = meet(first, second, one);
      List<String> both = List.of(one.webSocketUrl(), two.webSocketUrl());
      first.links.attach(channel(1), both);
      isUp(first, two);
      second.links.attach(channel(1), both);
      isUp(second, two);
      second.links.attach(channel(2), List.of(two.webSocketUrl()));
      first.links.attach(channel(2), List.of(two.webSocketUrl()));
      assertThat(first.heard.next(Heard.Joined.class))
          .isEqualTo(new Heard.Joined(link, channel(2)));
      second.links.publish(channel(1), frame(4, 4));
      assertThat(first.heard.next(Heard.Frame.class).link()).isEqualTo(link);
      assertThat(first.heard.next(Heard.Frame.class).link()).isEqualTo(link);
      one.stop();
      assertThat(first.heard.next(Heard.Relay.class).up()).isFalse();
      first.links.send(link, frame(5, 5));
      assertThat(second.heard.until(Heard.Frame.class).frame()).isEqualTo(frame(5, 5));
    }
  }

  @Test
  void closedLink_hearsNothingMoreUntilTheRemoteIsBack() {
    try (RelayServer relay = relay(0);
        TestPeer first = TestPeer.of(1);
        TestPeer second = TestPeer.of(2)) {
      long link = meet(first, second, relay);
      first.links.closeLink(link, "charged too often");
      first.links.send(link, frame(1, 1));
      second.heard.next(Heard.Frame.class);
      second.links.publish(channel(1), frame(2, 2));
      second.links.detach(channel(1));
      first.heard.next(Heard.Left.class);
      first.heard.next(Heard.Down.class);
    }
  }

  @Test
  void relayThatNobodyRuns_isToldOnceWithAReason() {
    int port;
    try (RelayServer gone = relay(0)) {
      port = gone.port();
    }
    try (TestPeer peer = TestPeer.of(1)) {
      peer.links.attach(channel(1), List.of("ws://127.0.0.1:" + port, "http://wrong"));
      Heard.Relay wrong = peer.heard.next(Heard.Relay.class);
      assertThat(wrong.url()).isEqualTo("http://wrong");
      assertThat(wrong.reason()).contains("ws://host:port/v1");
      Heard.Relay refused = peer.heard.next(Heard.Relay.class);
      assertThat(refused.up()).isFalse();
      assertThat(refused.reason()).containsIgnoringCase("refused");
    }
  }

  @Test
  void relayThatTalksNonsense_isLeftWithAReason() throws Exception {
    try (TestPeer peer = TestPeer.of(1)) {
      Nonsense server = new Nonsense();
      server.start();
      try {
        server.started.await();
        peer.links.attach(channel(1), List.of("ws://127.0.0.1:" + server.getPort()));
        assertThat(peer.heard.next(Heard.Relay.class).reason()).contains("what is no message");
      } finally {
        server.stop(100);
      }
    }
  }

  /** Answers every client with bytes that are no message. */
  private static final class Nonsense extends WebSocketServer {
    final java.util.concurrent.CountDownLatch started = new java.util.concurrent.CountDownLatch(1);

    Nonsense() {
      super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      setReuseAddr(true);
      setDaemon(true);
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake handshake) {
      socket.send(new byte[] {0, 99, 1, 2});
    }

    @Override
    public void onStart() {
      started.countDown();
    }

    @Override
    public void onMessage(WebSocket socket, String text) {}

    @Override
    public void onMessage(WebSocket socket, ByteBuffer bytes) {}

    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean remote) {}

    @Override
    public void onError(WebSocket socket, Exception error) {}
  }
}
