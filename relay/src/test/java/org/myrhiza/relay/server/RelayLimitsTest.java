// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.myrhiza.relay.server.Relays.channel;
import static org.myrhiza.relay.server.Relays.frame;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Limits;
import org.myrhiza.frame.RefusalCode;
import org.myrhiza.frame.RelayMessage;
import org.myrhiza.frame.RelayProtocol;
import org.myrhiza.relay.channel.RelayMetrics.Count;
import org.myrhiza.testkit.suite.Proves;

/** Each bound is met, said, and costs only who went past it. */
@Timeout(60)
final class RelayLimitsTest {
  private static final RelaySettings USUAL = RelaySettings.defaults();

  private static RelaySettings crowd(int perAddress, int clients, int channels, int members) {
    return USUAL.withCrowd(new RelaySettings.Crowd(1_000, perAddress, clients, channels, members));
  }

  @Test
  void channels_pastTheBound_areRefused() {
    try (RelayServer relay = Relays.start(crowd(100, 100, 2, 100))) {
      TestClient client = TestClient.loggedIn(relay).in(channel(1)).in(channel(2));
      client.say(new RelayMessage.Join(channel(3)));
      assertThat(client.hear(RelayMessage.Refused.class).code())
          .isEqualTo(RefusalCode.TOO_MANY_CHANNELS);
      client.in(channel(2));
      client.say(new RelayMessage.Leave(channel(1)));
      client.in(channel(3));
      client.close();
    }
  }

  @Test
  void members_pastTheBound_areRefused() {
    try (RelayServer relay = Relays.start(crowd(100, 100, 9, 2))) {
      TestClient first = TestClient.loggedIn(relay).in(channel(1));
      TestClient second = TestClient.loggedIn(relay).in(channel(1));
      TestClient third = TestClient.loggedIn(relay);
      third.say(new RelayMessage.Join(channel(1)));
      assertThat(third.hear(RelayMessage.Refused.class).code()).isEqualTo(RefusalCode.CHANNEL_FULL);
      first.hear(RelayMessage.MemberJoined.class);
      first.hearNothing();
      second.close();
      first.hear(RelayMessage.MemberLeft.class);
      third.in(channel(1));
      first.hear(RelayMessage.MemberJoined.class);
    }
  }

  @Test
  void clients_pastTheBound_areTurnedAwayWithAnAnswer() throws Exception {
    try (RelayServer relay = Relays.start(crowd(100, 1, 9, 9))) {
      TestClient only = TestClient.loggedIn(relay);
      try (RawSocket late = RawSocket.connected(relay)) {
        String answer =
            late.ask(
                "GET",
                "/v1",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13");
        assertThat(answer).startsWith("HTTP/1.1 503").contains("as many clients");
      }
      only.hearNothing();
      assertThat(relay.metrics().get(Count.TURNED_AWAY)).isEqualTo(1);
    }
  }

  @Test
  void sockets_ofOneAddressPastTheBound_areClosed() throws Exception {
    try (RelayServer relay = Relays.start(crowd(2, 100, 9, 9));
        RawSocket first = RawSocket.connected(relay);
        RawSocket second = RawSocket.upgraded(relay)) {
      try (RawSocket third = RawSocket.connected(relay)) {
        assertThat(third.readUntilClosed()).isEmpty();
      }
      assertThat(first.ask("GET", "/healthz")).endsWith("ok\n");
      assertThat(second).isNotNull();
    }
  }

  @Test
  void frame_pastTheBound_endsItsConnectionOnly() {
    try (RelayServer relay = Relays.start()) {
      TestClient other = TestClient.loggedIn(relay).in(channel(1));
      TestClient large = TestClient.loggedIn(relay).in(channel(1));
      other.hear(RelayMessage.MemberJoined.class);
      Bytes head = RelayProtocol.encode(new RelayMessage.Publish(channel(1), Bytes.EMPTY));
      large.sayBytes(head.plus(frame(Limits.FRAME_BYTES + 1, 1)));
      assertThat(large.hear(RelayMessage.Refused.class).code()).isEqualTo(RefusalCode.MALFORMED);
      assertThat(large.hearClose().code()).isEqualTo(1009);
      other.hear(RelayMessage.MemberLeft.class);
      other.hearNothing();
    }
  }

  @Test
  void message_pastTheBound_endsItsConnectionOnly() {
    try (RelayServer relay = Relays.start()) {
      TestClient other = TestClient.loggedIn(relay).in(channel(1));
      TestClient large = TestClient.loggedIn(relay);
      large.sayBytes(frame(Limits.RELAY_MESSAGE_BYTES + 1, 1));
      assertThat(large.hearClose().code()).isEqualTo(1009);
      other.hearNothing();
      assertThat(relay.metrics().get(Count.MALFORMED)).isEqualTo(1);
    }
  }

  @Test
  @Proves("RELAY-4")
  void sender_tooFast_isReadLaterAndLosesNothing() {
    RelaySettings slow = USUAL.withRates(new RelaySettings.Rates(200, 1 << 20));
    try (RelayServer relay = Relays.start(slow)) {
      TestClient sender = TestClient.loggedIn(relay).in(channel(1));
      TestClient receiver = TestClient.loggedIn(relay).in(channel(1));
      sender.hear(RelayMessage.MemberJoined.class);
      for (int i = 0; i < 400; i++) {
        sender.say(new RelayMessage.Publish(channel(1), frame(i, i)));
      }
      for (int i = 0; i < 400; i++) {
        assertThat(receiver.hear(RelayMessage.Deliver.class).frame()).isEqualTo(frame(i, i));
      }
      assertThat(relay.metrics().get(Count.THROTTLED)).isPositive();
    }
  }

  @Test
  @Proves("RELAY-4")
  void slowConsumer_ofAChannel_isDroppedAndTheOthersGoOn() throws Exception {
    RelaySettings tight =
        USUAL
            .withBuffers(new RelaySettings.Buffers(1 << 16, 1 << 18, 1 << 20))
            .withRates(new RelaySettings.Rates(100_000, 1 << 30));
    try (RelayServer relay = Relays.start(tight)) {
      TestClient author = TestClient.loggedIn(relay).in(channel(1));
      TestKey key = TestKey.fresh();
      try (RawSocket slow = RawSocket.upgraded(relay)) {
        SlowConsumer.loginAndJoin(slow, relay, key, channel(1));
        author.hear(RelayMessage.MemberJoined.class);
        TestClient quick = TestClient.loggedIn(relay).in(channel(1));
        author.hear(RelayMessage.MemberJoined.class);
        boolean dropped = false;
        for (int i = 0; i < 2_000 && !dropped; i++) {
          author.say(new RelayMessage.Publish(channel(1), frame(100_000, i)));
          assertThat(quick.hear(RelayMessage.class)).isNotNull();
          dropped = relay.metrics().get(Count.SLOW_DROPPED) > 0;
        }
        assertThat(dropped).isTrue();
        RelayMessage notice = author.hear(RelayMessage.MemberLeft.class);
        assertThat(notice).isEqualTo(new RelayMessage.MemberLeft(channel(1), key.key()));
      }
    }
  }

  @Test
  void slowReceiver_ofDirectFrames_holdsItsSenderBackAndIsDroppedAfterAWhile() throws Exception {
    RelaySettings tight =
        USUAL
            .withBuffers(new RelaySettings.Buffers(1 << 16, 1 << 18, 64 << 20))
            .withRates(new RelaySettings.Rates(100_000, 1 << 30))
            .withTimes(
                Relays.times(
                    Duration.ofSeconds(9), Duration.ofSeconds(20), Duration.ofMillis(300)));
    try (RelayServer relay = Relays.start(tight)) {
      TestClient sender = TestClient.loggedIn(relay).in(channel(1));
      TestKey key = TestKey.fresh();
      try (RawSocket slow = RawSocket.upgraded(relay)) {
        SlowConsumer.loginAndJoin(slow, relay, key, channel(1));
        sender.hear(RelayMessage.MemberJoined.class);
        for (int i = 0; i < 300; i++) {
          sender.say(new RelayMessage.SendTo(key.key(), frame(100_000, i)));
        }
        RelayMessage next = sender.heard.poll(TestClient.PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).isInstanceOf(RelayMessage.MemberLeft.class);
        assertThat(relay.metrics().get(Count.HELD_BACK)).isPositive();
        assertThat(relay.metrics().get(Count.SLOW_DROPPED)).isEqualTo(1);
      }
    }
  }
}
