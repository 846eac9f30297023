// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.TopicId;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.instance.InstanceStatus;

/** Canonical bytes of an {@link Effect}: version, kind, fields. */
public final class EffectCodec {
  /** The codec. */
  public static final Codec<Effect> INSTANCE = Codec.of(EffectCodec::write, EffectCodec::read);

  private static final List<KeyRole> ROLES = List.of(KeyRole.values());
  private static final int VERSION = 0;
  private static final int HASH_BYTES = 32;
  private static final int GREATEST_KIND = 20;

  private EffectCodec() {}

  private static void token(CanonicalWriter w, int kind, long token) {
    Fields.head(w, VERSION, kind);
    w.u64(token);
  }

  private static void write(CanonicalWriter w, Effect effect) {
    switch (effect) {
      case Effect.Load load -> {
        token(w, 0, load.token());
        w.bytes(load.from(), Limits.STORE_KEY_BYTES);
        w.bytes(load.to(), Limits.STORE_KEY_BYTES);
        w.leb(load.limit());
      }
      case Effect.Read read -> {
        token(w, 20, read.token());
        w.list(read.keys(), Limits.READ_KEYS, Fields.STORE_KEY);
      }
      case Effect.Persist persist -> {
        token(w, 1, persist.token());
        w.list(persist.writes(), Limits.BATCH_WRITES, Write.CODEC);
      }
      case Effect.Verify verify -> {
        token(w, 2, verify.token());
        PublicKey.CODEC.write(w, verify.key());
        w.bytes(verify.message(), Limits.MESSAGE_BYTES);
        Signature.CODEC.write(w, verify.signature());
      }
      case Effect.Sign sign -> {
        token(w, 3, sign.token());
        w.u8(ROLES.indexOf(sign.role()));
        w.bytes(sign.message(), Limits.MESSAGE_BYTES);
      }
      case Effect.Prepare prepare -> {
        token(w, 4, prepare.token());
        w.fixed(prepare.moduleHash());
        w.bytes(prepare.code(), Limits.MODULE_BYTES);
      }
      case Effect.SetTimer timer -> {
        token(w, 5, timer.token());
        w.u64(timer.atMillis());
      }
      case Effect.StepAgain again -> Fields.head(w, VERSION, 6);
      case Effect.AskConsent ask -> writeAsk(w, ask);
      case Effect.Answer answer -> {
        token(w, 8, answer.token());
        ReplyCodec.INSTANCE.write(w, answer.reply());
      }
      case Effect.Changed changed -> {
        Fields.head(w, VERSION, 9);
        TopicId.CODEC.write(w, changed.instance());
        InstanceStatus.CODEC.write(w, changed.status());
      }
      case Effect.Warn warn -> {
        Fields.head(w, VERSION, 10);
        Fields.text(w, warn.text());
      }
      case Effect.Halted halted -> {
        Fields.head(w, VERSION, 11);
        ReplyCodec.INSTANCE.write(w, halted.failed());
      }
      case Effect.Attach attach -> {
        channel(w, 12, attach.channel());
        w.list(attach.relays(), Limits.LIST, Fields.TEXT);
      }
      case Effect.Detach detach -> channel(w, 13, detach.channel());
      case Effect.Dial dial -> writeDial(w, dial);
      case Effect.Send send -> writeSend(w, send);
      case Effect.Publish publish -> writePublish(w, publish);
      case Effect.CloseLink close -> {
        link(w, 17, close.link());
        Fields.text(w, close.reason());
      }
      case Effect.NewInstance made -> token(w, 18, made.token());
      case Effect.KeepMark keep -> {
        Fields.head(w, VERSION, 19);
        w.bytes(keep.mark(), Limits.MARK_BYTES);
      }
    }
  }

  private static void writeAsk(CanonicalWriter w, Effect.AskConsent ask) {
    token(w, 7, ask.token());
    w.u64(ask.command());
    BundleId.CODEC.write(w, ask.bundle());
    Fields.text(w, ask.name());
    w.list(ask.lines(), Limits.LIST, Fields.TEXT);
  }

  private static void writeDial(CanonicalWriter w, Effect.Dial dial) {
    Fields.head(w, VERSION, 14);
    PublicKey.CODEC.write(w, dial.remote());
    Fields.text(w, dial.address());
  }

  private static void writeSend(CanonicalWriter w, Effect.Send send) {
    link(w, 15, send.link());
    w.bytes(send.frame(), Limits.FRAME_BYTES);
  }

  private static void writePublish(CanonicalWriter w, Effect.Publish publish) {
    channel(w, 16, publish.channel());
    w.bytes(publish.frame(), Limits.FRAME_BYTES);
  }

  private static void channel(CanonicalWriter w, int kind, ChannelId channel) {
    Fields.head(w, VERSION, kind);
    ChannelId.CODEC.write(w, channel);
  }

  private static void link(CanonicalWriter w, int kind, LinkId link) {
    Fields.head(w, VERSION, kind);
    LinkId.CODEC.write(w, link);
  }

  private static Effect read(CanonicalReader r) {
    r.version(VERSION);
    int kind = r.u8();
    return switch (kind) {
      case 0 -> load(r);
      case 1 -> new Effect.Persist(r.u64(), r.list(Limits.BATCH_WRITES, Write.CODEC));
      case 2 -> verify(r);
      case 3 -> new Effect.Sign(r.u64(), role(r), r.bytes(Limits.MESSAGE_BYTES));
      case 4 -> new Effect.Prepare(r.u64(), r.fixed(HASH_BYTES), r.bytes(Limits.MODULE_BYTES));
      case 5 -> new Effect.SetTimer(r.u64(), r.u64());
      case 6 -> new Effect.StepAgain();
      case 7 ->
          new Effect.AskConsent(
              r.u64(),
              r.u64(),
              BundleId.CODEC.read(r),
              Fields.text(r),
              r.list(Limits.LIST, Fields.TEXT));
      case 8 -> new Effect.Answer(r.u64(), ReplyCodec.INSTANCE.read(r));
      case 9 -> new Effect.Changed(TopicId.CODEC.read(r), InstanceStatus.CODEC.read(r));
      case 10 -> new Effect.Warn(Fields.text(r));
      case 11 -> halted(r);
      case 12 -> new Effect.Attach(ChannelId.CODEC.read(r), r.list(Limits.LIST, Fields.TEXT));
      case 13 -> new Effect.Detach(ChannelId.CODEC.read(r));
      case 14 -> new Effect.Dial(PublicKey.CODEC.read(r), Fields.text(r));
      case 15 -> new Effect.Send(LinkId.CODEC.read(r), r.bytes(Limits.FRAME_BYTES));
      case 16 -> new Effect.Publish(ChannelId.CODEC.read(r), r.bytes(Limits.FRAME_BYTES));
      case 17 -> new Effect.CloseLink(LinkId.CODEC.read(r), Fields.text(r));
      case 18 -> new Effect.NewInstance(r.u64());
      case 19 -> new Effect.KeepMark(r.bytes(Limits.MARK_BYTES));
      case 20 -> new Effect.Read(r.u64(), r.list(Limits.READ_KEYS, Fields.STORE_KEY));
      default -> throw r.fail("kind of effect", Integer.toString(kind), "0 to " + GREATEST_KIND);
    };
  }

  private static Effect load(CanonicalReader r) {
    long token = r.u64();
    Bytes from = r.bytes(Limits.STORE_KEY_BYTES);
    Bytes to = r.bytes(Limits.STORE_KEY_BYTES);
    return new Effect.Load(token, from, to, r.at("limit").lebInt(Limits.LOAD_ENTRIES));
  }

  private static Effect verify(CanonicalReader r) {
    long token = r.u64();
    PublicKey key = PublicKey.CODEC.read(r);
    Bytes message = r.bytes(Limits.MESSAGE_BYTES);
    return new Effect.Verify(token, key, message, Signature.CODEC.read(r));
  }

  private static KeyRole role(CanonicalReader r) {
    return ROLES.get(r.choice(ROLES.size()));
  }

  private static Effect halted(CanonicalReader r) {
    if (ReplyCodec.INSTANCE.read(r) instanceof Reply.Failed failed) {
      return new Effect.Halted(failed);
    }
    throw r.fail("reason of a halt", "another reply", "a failure");
  }
}
