// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.myrhiza.relay.server.Relays.channel;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.RefusalCode;
import org.myrhiza.frame.RelayMessage;
import org.myrhiza.frame.RelayProtocol;
import org.myrhiza.relay.channel.RelayMetrics.Count;
import org.myrhiza.testkit.suite.Proves;

/** Bytes that are no HTTP, no WebSocket or no message cost their connection and nothing else. */
@Timeout(60)
final class RelayHostileTest {
  private static final long SEED = 7_420;

  private static void isAlive(RelayServer relay) throws Exception {
    try (RawSocket next = RawSocket.connected(relay)) {
      assertThat(next.ask("GET", "/healthz")).startsWith("HTTP/1.1 200").endsWith("ok\n");
    }
    TestClient client = TestClient.loggedIn(relay).in(channel(9));
    client.hearNothing();
    client.close();
  }

  @Test
  void requests_thatAreNone_areAnsweredWith400OrClosed() throws Exception {
    try (RelayServer relay = Relays.start()) {
      List<String> requests =
          List.of(
              "nonsense\r\n\r\n",
              "GET\r\n\r\n",
              "GET /" + "a".repeat(9_000) + " HTTP/1.1\r\n\r\n",
              "GET / HTTP/1.1\r\n" + "X: " + "b".repeat(20_000) + "\r\n\r\n",
              "GET / HTTP/9.9\r\nHost: 127.0.0.1\r\nContent-Length: -4\r\n\r\n",
              "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzzzz\r\n",
              "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n");
      for (String request : requests) {
        try (RawSocket raw = RawSocket.connected(relay)) {
          raw.write(request);
          assertThat(raw.readUntilClosed()).doesNotStartWith("HTTP/1.1 2");
        }
      }
      isAlive(relay);
    }
  }

  @Test
  void noise_onRawSockets_leavesTheRelayAlive() throws Exception {
    Random random = new Random(SEED);
    try (RelayServer relay = Relays.start()) {
      for (int i = 0; i < 40; i++) {
        try (RawSocket raw = i % 2 == 0 ? RawSocket.connected(relay) : RawSocket.upgraded(relay)) {
          byte[] noise = new byte[random.nextInt(4_000)];
          random.nextBytes(noise);
          raw.write(Bytes.adopt(noise));
        }
      }
      isAlive(relay);
    }
  }

  @Test
  void webSocketFrames_againstTheRules_areClosedWithAReason() throws Exception {
    try (RelayServer relay = Relays.start()) {
      Bytes ping = RelayProtocol.encode(new RelayMessage.Ping(1));
      Bytes unmasked = Bytes.of(0x82, ping.size()).plus(ping);
      Bytes reservedBits = Bytes.of(0xf2, 0x81, 0, 0, 0, 0, 0);
      Bytes reservedOpcode = Bytes.of(0x83, 0x81, 0, 0, 0, 0, 0);
      Bytes hugeLength = Bytes.of(0x82, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0);
      Bytes negativeLength = Bytes.of(0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
      Bytes fragmentedPing = Bytes.of(0x09, 0x80, 0, 0, 0, 0);
      Bytes strayContinuation = Bytes.of(0x80, 0x81, 0, 0, 0, 0, 0);
      for (Bytes bad :
          List.of(
              unmasked,
              reservedBits,
              reservedOpcode,
              hugeLength,
              negativeLength,
              fragmentedPing,
              strayContinuation)) {
        try (RawSocket raw = RawSocket.upgraded(relay)) {
          raw.write(bad);
          assertThat(raw.readUntilClosed()).as(bad.toHex()).contains("malformed WebSocket frame");
        }
      }
      assertThat(relay.metrics().get(Count.MALFORMED)).isEqualTo(7);
      isAlive(relay);
    }
  }

  @Test
  @Proves("RELAY-4")
  void text_insteadOfBinary_isClosedWithAReason() throws Exception {
    try (RelayServer relay = Relays.start();
        RawSocket raw = RawSocket.upgraded(relay)) {
      raw.writeFrame(0x81, Bytes.copyOf("hello".getBytes(UTF_8)));
      assertThat(raw.readUntilClosed()).contains("only binary messages");
    }
  }

  @Test
  void messages_thatAreNone_areRefusedByNameAndClosed() throws Exception {
    try (RelayServer relay = Relays.start()) {
      Bytes join = RelayProtocol.encode(new RelayMessage.Join(channel(1)));
      for (Bytes bad :
          List.of(
              Bytes.EMPTY,
              Bytes.of(0),
              Bytes.of(1, RelayProtocol.PING, 0, 0, 0, 0, 0, 0, 0, 0),
              Bytes.of(0, 0),
              Bytes.of(0, 17),
              join.slice(0, join.size() - 1),
              join.plus(Bytes.of(0)),
              Bytes.of(0, RelayProtocol.PUBLISH, 1, 2, 3))) {
        TestClient client = TestClient.loggedIn(relay);
        client.sayBytes(bad);
        assertThat(client.hear(RelayMessage.Refused.class).code())
            .as(bad.toHex())
            .isEqualTo(RefusalCode.MALFORMED);
        assertThat(client.hear(RelayMessage.Dropped.class).reason()).startsWith("malformed");
        assertThat(client.hearClose().code()).isEqualTo(1002);
      }
      isAlive(relay);
    }
  }

  @Test
  void messages_thatOnlyARelaySends_areRefusedAndTheConnectionStays() {
    try (RelayServer relay = Relays.start()) {
      TestClient client = TestClient.loggedIn(relay);
      client.say(new RelayMessage.MemberJoined(channel(1), client.key.key()));
      assertThat(client.hear(RelayMessage.Refused.class).code()).isEqualTo(RefusalCode.UNEXPECTED);
      client.say(new RelayMessage.Dropped("you"));
      assertThat(client.hear(RelayMessage.Refused.class).code()).isEqualTo(RefusalCode.UNEXPECTED);
      client.hearNothing();
      client.close();
    }
  }
}
