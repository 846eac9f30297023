// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.frame;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.TopicId;
import org.myrhiza.frame.AddressHint;
import org.myrhiza.frame.Authority;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.frame.EpochSecret;
import org.myrhiza.frame.Invitation;
import org.myrhiza.frame.OneTimeSecret;
import org.myrhiza.frame.RefusalCode;
import org.myrhiza.frame.RelayLimits;
import org.myrhiza.frame.RelayMessage;
import org.myrhiza.frame.RelayUrl;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.vectors.VectorFiles;

/** The values behind the golden bytes of frames, relay messages and invitations. */
final class FrameVectors {
  private static final int SIGNATURE_BYTES = 64;

  private final JsonValue file = Json.parse(VectorFiles.spec("frame.json"));

  JsonValue file() {
    return file;
  }

  Bytes bytes(String name) {
    return Bytes.hex(file.at(name).text());
  }

  /** Returns {@code size} bytes that count up from {@code first}. */
  static Bytes counting(int first, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (first + i);
    }
    return Bytes.adopt(bytes);
  }

  static PublicKey key(int first) {
    return new PublicKey(counting(first, 32));
  }

  static Invitation invitation() {
    return new Invitation(
        new TopicId(counting(0, 32)),
        key(32),
        EpochSecret.of(counting(64, 32)),
        7,
        List.of(
            new RelayUrl(false, new Authority("127.0.0.1", 7420)),
            new RelayUrl(true, new Authority("relay.example", 443))),
        List.of(
            new AddressHint(key(96), new Authority("192.0.2.7", 4433)),
            new AddressHint(key(128), new Authority("[2001:db8::1]", 65_535))));
  }

  /** The same with a one-time secret. */
  static Invitation oneTimeInvitation() {
    return invitation().with(Optional.of(OneTimeSecret.of(counting(160, 32))));
  }

  /** Returns one message of each type, in the order of their numbers. */
  static Map<String, RelayMessage> messages() {
    ChannelId channel = new ChannelId(counting(0, 32));
    Bytes frame = counting(200, 5);
    Authority authority = new Authority("127.0.0.1", 7420);
    Signature signature = new Signature(counting(100, SIGNATURE_BYTES));
    Map<String, RelayMessage> all = new LinkedHashMap<>();
    all.put("challenge", new RelayMessage.Challenge(counting(1, 32)));
    all.put("login", new RelayMessage.Login(key(32), authority, signature));
    all.put(
        "welcome",
        new RelayMessage.Welcome(
            new RelayLimits(1_048_701, 256, 1_024, 2_000, 16_777_216, 0xffff_ffffL)));
    all.put("join", new RelayMessage.Join(channel));
    all.put("leave", new RelayMessage.Leave(channel));
    all.put("members", new RelayMessage.Members(channel, List.of(key(64), key(32))));
    all.put("member joined", new RelayMessage.MemberJoined(channel, key(32)));
    all.put("member left", new RelayMessage.MemberLeft(channel, key(32)));
    all.put("publish", new RelayMessage.Publish(channel, frame));
    all.put("deliver", new RelayMessage.Deliver(channel, key(32), frame));
    all.put("send to", new RelayMessage.SendTo(key(32), frame));
    all.put("deliver direct", new RelayMessage.DeliverDirect(key(32), frame));
    all.put(
        "refused",
        new RelayMessage.Refused(RefusalCode.NOT_A_MEMBER, channel.bytes(), "not a member"));
    all.put("dropped", new RelayMessage.Dropped("the relay stops"));
    all.put("ping", new RelayMessage.Ping(-1));
    all.put("pong", new RelayMessage.Pong(258));
    return all;
  }
}
