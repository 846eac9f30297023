// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.frame.Authority;
import org.myrhiza.frame.Limits;
import org.myrhiza.frame.RelayMessage;
import org.myrhiza.frame.RelayProtocol;
import org.myrhiza.frame.RelayUrl;
import org.myrhiza.testkit.HostileBytes;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.suite.Proves;

/** The bytes between a client and a relay, and the names of relays. */
public final class RelayProtocolSuite {
  private final JsonValue golden = new FrameVectors().file().at("relay");

  /** Made once per test. */
  public RelayProtocolSuite() {}

  @Test
  @Proves("RELAY-1")
  void messages_ofEachType_haveTheirGoldenBytes() {
    Map<String, RelayMessage> messages = FrameVectors.messages();
    assertEquals(messages.size(), golden.at("messages").object().members().size());
    for (Map.Entry<String, RelayMessage> entry : messages.entrySet()) {
      Bytes bytes = Bytes.hex(golden.at("messages").at(entry.getKey()).text());
      assertEquals(bytes, RelayProtocol.encode(entry.getValue()), entry.getKey());
      assertEquals(entry.getValue(), RelayProtocol.decode(bytes).orThrow(), entry.getKey());
    }
  }

  @Test
  @Proves("RELAY-2")
  void login_goldenChallenge_signsTheGoldenMessage() {
    Bytes message =
        RelayMessage.Login.messageToSign(
            FrameVectors.counting(1, Limits.KEY_BYTES), new Authority("127.0.0.1", 7420));
    assertEquals(Bytes.hex(golden.at("login message").text()), message);
  }

  @Test
  void decoders_hostileBytes_refuseOrAreCanonical() {
    for (Map.Entry<String, RelayMessage> entry : FrameVectors.messages().entrySet()) {
      Bytes canonical = RelayProtocol.encode(entry.getValue());
      HostileBytes.attack(entry.getKey(), RelayProtocol.CODEC, canonical);
    }
  }

  @Test
  void decode_moreBytesThanAMessageMayHave_isRefused() {
    Bytes longest =
        RelayProtocol.encode(
            new RelayMessage.SendTo(FrameVectors.key(1), Bytes.zeros(Limits.FRAME_BYTES)));
    assertTrue(RelayProtocol.decode(longest).isOk());
    assertFalse(RelayProtocol.decode(longest.plus(Bytes.of(0))).isOk());
    assertFalse(RelayProtocol.decode(Bytes.zeros(Limits.RELAY_MESSAGE_BYTES + 1)).isOk());
  }

  @Test
  void relayUrl_asPeopleWriteIt_hasOneForm() {
    String[][] same = {
      {"ws://127.0.0.1:7420/v1", "ws://127.0.0.1:7420/v1"},
      {"ws://127.0.0.1:7420", "ws://127.0.0.1:7420/v1"},
      {"ws://127.0.0.1:7420/", "ws://127.0.0.1:7420/v1"},
      {"wss://Relay.Example", "wss://relay.example:443/v1"},
      {"ws://relay.example/v1", "ws://relay.example:80/v1"},
      {"ws://[2001:DB8::1]:7420", "ws://[2001:db8::1]:7420/v1"},
      {"ws://[::1]", "ws://[::1]:80/v1"},
    };
    for (String[] pair : same) {
      RelayUrl url = RelayUrl.parse(pair[0]).orThrow();
      assertEquals(pair[1], url.url());
      assertEquals(url, RelayUrl.parse(url.url()).orThrow());
      assertEquals(url, RelayUrl.CODEC.decode(RelayUrl.CODEC.encode(url)).orThrow());
    }
  }

  @Test
  void relayUrl_thatIsNone_isRefusedWithAReason() {
    String[] wrong = {
      "",
      "ws://",
      "http://127.0.0.1:7420",
      "ws://:7420",
      "ws://a b:1",
      "ws://a:0",
      "ws://a:65536",
      "ws://a:07",
      "ws://a:+7",
      "ws://a:7420/v2",
      "ws://a:7420/v1/",
      "ws://a:7420?x",
      "ws://user@a:1",
      "ws://[::1:7420",
      "ws://[]:1",
      "ws://::1:7420",
      "ws://h\u00e4user:1",
      "ws://a:7420#v1",
      "ws://" + "a".repeat(200) + ":1"
    };
    for (String text : wrong) {
      Decoded<RelayUrl> url = RelayUrl.parse(text);
      assertFalse(url.isOk(), text);
    }
  }
}
