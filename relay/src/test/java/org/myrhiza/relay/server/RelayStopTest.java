// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.myrhiza.relay.server.Relays.channel;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.myrhiza.frame.RelayMessage;

/** Starting, stopping, and starting again. */
final class RelayStopTest {
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
}
