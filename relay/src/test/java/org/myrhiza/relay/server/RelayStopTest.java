// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.myrhiza.relay.server.Relays.channel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.myrhiza.frame.RelayMessage;

/** Starting, stopping, and starting again. */
final class RelayStopTest {
  private static final int ROUNDS = 20;
  private static final int SOCKETS = 20;

  @Test
  @Timeout(value = 5, unit = TimeUnit.SECONDS)
  void stop_tellsItsClientsAndEnds() {
    RelayServer relay = Relays.start();
    TestClient client = TestClient.loggedIn(relay).in(channel(1));
    relay.stop();
    assertThat(client.hear(RelayMessage.Dropped.class).reason()).isEqualTo("the relay stops");
    assertThat(client.hearClose().code()).isEqualTo(1001);
    relay.stop();
  }

  @Test
  void port_inUse_isSaidOrAnotherIsTaken() {
    try (RelayServer first = Relays.start();
        RelayServer second =
            Relays.start(options -> options.withListen(first.listen()).orFreePort())) {
      assertThat(second.port()).isNotEqualTo(first.port()).isPositive();
      RelayOptions same = RelayOptions.defaults().withListen(first.listen());
      assertThatThrownBy(() -> RelayServer.start(same))
          .isInstanceOf(RelayStartException.class)
          .hasMessageContaining(first.listen().text());
    }
  }

  @Test
  void port_afterAStop_canBeUsedAgain() {
    RelayServer first = Relays.start();
    TestClient.loggedIn(first);
    first.stop();
    try (RelayServer second = Relays.start(options -> options.withListen(first.listen()))) {
      assertThat(second.port()).isEqualTo(first.port());
      TestClient.loggedIn(second).hearNothing();
    }
  }

  /** A browser waits for ever for the answer on a socket that nobody closes. */
  @Test
  void stop_closesEverySocket_whateverItsClientDoes() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      RelayServer relay = Relays.start();
      List<RawSocket> sockets = new ArrayList<>();
      for (int i = 0; i < SOCKETS; i++) {
        RawSocket socket = RawSocket.connected(relay);
        socket.write(request(relay));
        assertThat(socket.readHead()).startsWith("HTTP/1.1 200");
        sockets.add(socket);
      }
      Thread asking = Thread.ofVirtual().start(() -> ask(sockets, request(relay)));
      relay.stop();
      for (RawSocket socket : sockets) {
        assertThat(socket.readUntilClosed()).as("what was still answered").isNotNull();
        socket.close();
      }
      asking.join();
    }
  }

  private static String request(RelayServer relay) {
    return "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:" + relay.port() + "\r\n\r\n";
  }

  /** Asks over every other socket, again and again, until none of them is open. */
  private static void ask(List<RawSocket> sockets, String request) {
    int open = sockets.size();
    while (open > 0) {
      open = 0;
      for (int i = 0; i < sockets.size(); i += 2) {
        open += isWritten(sockets.get(i), request) ? 1 : 0;
      }
    }
  }

  private static boolean isWritten(RawSocket socket, String request) {
    try {
      socket.write(request);
      return true;
    } catch (IOException closed) {
      return false;
    }
  }
}
