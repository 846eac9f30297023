// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.frame;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;

/**
 * The bytes of a {@link RelayMessage}: {@code version | type | fields}. A frame, where there is
 * one, is the rest of the message, so a relay forwards it without looking inside.
 */
public final class RelayProtocol {
  /** The only version. */
  public static final int VERSION = 0;

  /** The type byte of each message, in the order of the protocol's page. */
  public static final int CHALLENGE = 1;

  /** Type byte. */
  public static final int LOGIN = 2;

  /** Type byte. */
  public static final int WELCOME = 3;

  /** Type byte. */
  public static final int JOIN = 4;

  /** Type byte. */
  public static final int LEAVE = 5;

  /** Type byte. */
  public static final int MEMBERS = 6;

  /** Type byte. */
  public static final int MEMBER_JOINED = 7;

  /** Type byte. */
  public static final int MEMBER_LEFT = 8;

  /** Type byte. */
  public static final int PUBLISH = 9;

  /** Type byte. */
  public static final int DELIVER = 10;

  /** Type byte. */
  public static final int SEND_TO = 11;

  /** Type byte. */
  public static final int DELIVER_DIRECT = 12;

  /** Type byte. */
  public static final int REFUSED = 13;

  /** Type byte. */
  public static final int DROPPED = 14;

  /** Type byte. */
  public static final int PING = 15;

  /** Type byte. */
  public static final int PONG = 16;

  /** Version, type, then the fields. */
  public static final Codec<RelayMessage> CODEC =
      Codec.of(RelayProtocol::write, RelayProtocol::read);

  private RelayProtocol() {}

  /** Returns the bytes of a message. */
  public static Bytes encode(RelayMessage message) {
    return CODEC.encode(message);
  }

  /** Reads a message from outside, of at most {@link Limits#RELAY_MESSAGE_BYTES}. */
  public static Decoded<RelayMessage> decode(Bytes message) {
    if (message.size() > Limits.RELAY_MESSAGE_BYTES) {
      String allowed = "at most " + Limits.RELAY_MESSAGE_BYTES;
      return Decoded.bad("relay message", 0, message.size() + " bytes", allowed);
    }
    return CODEC.decode(message);
  }

  private static void write(CanonicalWriter w, RelayMessage message) {
    w.u8(VERSION);
    switch (message) {
      case RelayMessage.Challenge(Bytes nonce) -> w.u8(CHALLENGE).fixed(nonce);
      case RelayMessage.Login(PublicKey key, Authority authority, Signature signature) -> {
        key(w.u8(LOGIN), key);
        Authority.CODEC.write(w, authority);
        Signature.CODEC.write(w, signature);
      }
      case RelayMessage.Welcome(RelayLimits limits) ->
          RelayLimits.CODEC.write(w.u8(WELCOME), limits);
      case RelayMessage.Join(ChannelId channel) -> channel(w.u8(JOIN), channel);
      case RelayMessage.Leave(ChannelId channel) -> channel(w.u8(LEAVE), channel);
      case RelayMessage.Members members -> {
        channel(w.u8(MEMBERS), members.channel());
        w.list(members.others(), Limits.MEMBERS, PublicKey.CODEC);
      }
      case RelayMessage.MemberJoined(ChannelId channel, PublicKey member) ->
          key(channel(w.u8(MEMBER_JOINED), channel), member);
      case RelayMessage.MemberLeft(ChannelId channel, PublicKey member) ->
          key(channel(w.u8(MEMBER_LEFT), channel), member);
      case RelayMessage.Publish(ChannelId channel, Bytes frame) ->
          channel(w.u8(PUBLISH), channel).fixed(frame);
      case RelayMessage.Deliver(ChannelId channel, PublicKey from, Bytes frame) ->
          key(channel(w.u8(DELIVER), channel), from).fixed(frame);
      case RelayMessage.SendTo(PublicKey to, Bytes frame) -> key(w.u8(SEND_TO), to).fixed(frame);
      case RelayMessage.DeliverDirect(PublicKey from, Bytes frame) ->
          key(w.u8(DELIVER_DIRECT), from).fixed(frame);
      case RelayMessage.Refused(RefusalCode code, Bytes about, String text) -> {
        RefusalCode.CODEC.write(w.u8(REFUSED), code);
        w.bytes(about, Limits.KEY_BYTES);
        w.text(text, Limits.TEXT_BYTES);
      }
      case RelayMessage.Dropped(String reason) -> w.u8(DROPPED).text(reason, Limits.TEXT_BYTES);
      case RelayMessage.Ping(long number) -> w.u8(PING).u64(number);
      case RelayMessage.Pong(long number) -> w.u8(PONG).u64(number);
    }
  }

  private static CanonicalWriter channel(CanonicalWriter w, ChannelId channel) {
    ChannelId.CODEC.write(w, channel);
    return w;
  }

  private static CanonicalWriter key(CanonicalWriter w, PublicKey key) {
    PublicKey.CODEC.write(w, key);
    return w;
  }

  private static RelayMessage read(CanonicalReader r) {
    r.version(VERSION);
    int type = r.u8();
    return switch (type) {
      case CHALLENGE -> new RelayMessage.Challenge(r.fixed(Limits.KEY_BYTES));
      case LOGIN ->
          new RelayMessage.Login(key(r), Authority.CODEC.read(r), Signature.CODEC.read(r));
      case WELCOME -> new RelayMessage.Welcome(RelayLimits.CODEC.read(r));
      case JOIN -> new RelayMessage.Join(channel(r));
      case LEAVE -> new RelayMessage.Leave(channel(r));
      case MEMBERS -> new RelayMessage.Members(channel(r), r.list(Limits.MEMBERS, PublicKey.CODEC));
      case MEMBER_JOINED -> new RelayMessage.MemberJoined(channel(r), key(r));
      case MEMBER_LEFT -> new RelayMessage.MemberLeft(channel(r), key(r));
      case PUBLISH -> new RelayMessage.Publish(channel(r), frame(r));
      case DELIVER -> new RelayMessage.Deliver(channel(r), key(r), frame(r));
      case SEND_TO -> new RelayMessage.SendTo(key(r), frame(r));
      case DELIVER_DIRECT -> new RelayMessage.DeliverDirect(key(r), frame(r));
      case REFUSED ->
          new RelayMessage.Refused(
              RefusalCode.CODEC.read(r), r.bytes(Limits.KEY_BYTES), r.text(Limits.TEXT_BYTES));
      case DROPPED -> new RelayMessage.Dropped(r.text(Limits.TEXT_BYTES));
      case PING -> new RelayMessage.Ping(r.u64());
      case PONG -> new RelayMessage.Pong(r.u64());
      default -> throw r.fail("message type", Integer.toString(type), "1 to 16");
    };
  }

  private static ChannelId channel(CanonicalReader r) {
    return ChannelId.CODEC.read(r);
  }

  private static PublicKey key(CanonicalReader r) {
    return PublicKey.CODEC.read(r);
  }

  private static Bytes frame(CanonicalReader r) {
    return r.rest(Limits.FRAME_BYTES);
  }
}
