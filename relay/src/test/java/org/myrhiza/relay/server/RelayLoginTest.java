// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.myrhiza.relay.server.Relays.channel;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Authority;
import org.myrhiza.frame.RefusalCode;
import org.myrhiza.frame.RelayMessage;
import org.myrhiza.frame.RelayUrl;
import org.myrhiza.relay.channel.RelayMetrics.Count;
import org.myrhiza.testkit.suite.Proves;

/** Only who holds a transport key gets in, and only where it meant to. */
final class RelayLoginTest {
  private static void refused(TestClient client, RefusalCode code) {
    assertThat(client.hear(RelayMessage.Refused.class).code()).isEqualTo(code);
    client.hear(RelayMessage.Dropped.class);
    assertThat(client.hearClose().code()).isEqualTo(1008);
  }

  @Test
  void login_goodSignature_isWelcomedWithTheLimits() {
    try (RelayServer relay = Relays.start()) {
      TestClient client = TestClient.connected(relay, TestKey.fresh());
      Bytes nonce = client.hear(RelayMessage.Challenge.class).nonce();
      client.say(client.key.login(nonce, client.relay));
      assertThat(client.hear(RelayMessage.Welcome.class).limits())
          .isEqualTo(RelaySettings.defaults().told());
      assertThat(relay.metrics().get(Count.LOGINS)).isEqualTo(1);
      client.close();
    }
  }

  @Test
  @Proves("RELAY-2")
  void login_signatureOfAnotherKey_isRefused() {
    try (RelayServer relay = Relays.start()) {
      TestClient client = TestClient.connected(relay, TestKey.fresh());
      Bytes nonce = client.hear(RelayMessage.Challenge.class).nonce();
      RelayMessage.Login other = TestKey.fresh().login(nonce, client.relay);
      client.say(new RelayMessage.Login(client.key.key(), client.relay, other.signature()));
      refused(client, RefusalCode.BAD_SIGNATURE);
    }
  }

  @Test
  void login_overheardOnAnotherConnection_isRefused() {
    try (RelayServer relay = Relays.start()) {
      TestClient honest = TestClient.connected(relay, TestKey.fresh());
      Bytes nonce = honest.hear(RelayMessage.Challenge.class).nonce();
      RelayMessage.Login overheard = honest.key.login(nonce, honest.relay);
      honest.say(overheard);
      honest.hear(RelayMessage.Welcome.class);
      TestClient thief = TestClient.connected(relay, honest.key);
      thief.hear(RelayMessage.Challenge.class);
      thief.say(overheard);
      refused(thief, RefusalCode.BAD_SIGNATURE);
      honest.hearNothing();
      honest.close();
    }
  }

  @Test
  @Proves("RELAY-2")
  void login_madeForAnotherRelay_isRefused() {
    try (RelayServer relay = Relays.start()) {
      TestClient victim = TestClient.connected(relay, TestKey.fresh());
      Bytes nonce = victim.hear(RelayMessage.Challenge.class).nonce();
      victim.say(victim.key.login(nonce, new Authority("evil.example", relay.port())));
      refused(victim, RefusalCode.OTHER_RELAY);
    }
  }

  @Test
  void login_forOneRelayWithTheNameOfAnotherSwappedIn_isRefused() {
    try (RelayServer relay = Relays.start()) {
      TestClient victim = TestClient.connected(relay, TestKey.fresh());
      Bytes nonce = victim.hear(RelayMessage.Challenge.class).nonce();
      RelayMessage.Login made = victim.key.login(nonce, new Authority("evil.example", 80));
      victim.say(new RelayMessage.Login(made.key(), victim.relay, made.signature()));
      refused(victim, RefusalCode.BAD_SIGNATURE);
    }
  }

  @Test
  void login_underAGivenNameAndUnderLocalhost_isAccepted() {
    Authority name = new Authority("relay.example", 443);
    try (RelayServer relay = Relays.start(options -> options.withNames(List.of(name)))) {
      for (Authority used : List.of(name, new Authority("localhost", relay.port()))) {
        TestClient client = TestClient.connected(relay, TestKey.fresh());
        Bytes nonce = client.hear(RelayMessage.Challenge.class).nonce();
        client.say(client.key.login(nonce, used));
        client.hear(RelayMessage.Welcome.class);
        client.close();
      }
    }
  }

  @Test
  @Proves("RELAY-2")
  void firstMessage_otherThanLogin_isRefused() {
    try (RelayServer relay = Relays.start()) {
      TestClient client = TestClient.connected(relay, TestKey.fresh());
      client.hear(RelayMessage.Challenge.class);
      client.say(new RelayMessage.Join(channel(1)));
      refused(client, RefusalCode.UNEXPECTED);
      assertThat(relay.channels()).isZero();
    }
  }

  @Test
  void publish_beforeLogin_isRefused() {
    try (RelayServer relay = Relays.start()) {
      TestClient client = TestClient.connected(relay, TestKey.fresh());
      client.hear(RelayMessage.Challenge.class);
      client.say(new RelayMessage.Publish(channel(1), Relays.frame(100, 1)));
      refused(client, RefusalCode.UNEXPECTED);
    }
  }

  @Test
  void silence_insteadOfALogin_endsTheConnection() {
    RelaySettings hasty =
        RelaySettings.defaults()
            .withTimes(
                Relays.times(Duration.ofMillis(50), Duration.ofSeconds(20), Duration.ofSeconds(9)));
    try (RelayServer relay = Relays.start(hasty)) {
      TestClient client = TestClient.connected(relay, TestKey.fresh());
      client.hear(RelayMessage.Challenge.class);
      assertThat(client.hear(RelayMessage.Dropped.class).reason()).contains("no login");
      client.hearClose();
    }
  }

  @Test
  void silence_ofADeadClient_endsTheConnection() throws Exception {
    RelaySettings hasty =
        RelaySettings.defaults()
            .withTimes(
                Relays.times(Duration.ofSeconds(9), Duration.ofMillis(50), Duration.ofSeconds(9)));
    try (RelayServer relay = Relays.start(hasty);
        RawSocket deaf = RawSocket.upgraded(relay)) {
      assertThat(deaf.readUntilClosed()).contains("nothing was heard for too long");
      assertThat(relay.webSocketUrl()).isEqualTo(new RelayUrl(false, relay.listen()).url());
    }
  }
}
