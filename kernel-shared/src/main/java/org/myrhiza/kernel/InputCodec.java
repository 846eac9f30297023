// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.List;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;

/** Canonical bytes of an {@link Input}: version, kind, wall clock, fields. */
public final class InputCodec {
  /** The codec. */
  public static final Codec<Input> INSTANCE = Codec.of(InputCodec::write, InputCodec::read);

  private static final List<LinkKind> KINDS = List.of(LinkKind.values());
  private static final int VERSION = 0;
  private static final int ENTROPY_BYTES = 32;
  private static final int GREATEST_KIND = 22;

  private static final Codec<Input.Answer> ANSWER =
      Codec.of(
          (w, answer) -> {
            w.u64(answer.token());
            w.flag(answer.good());
          },
          r -> new Input.Answer(r.u64(), r.flag()));

  private InputCodec() {}

  private static void head(CanonicalWriter w, int kind, long nowMillis) {
    Fields.head(w, VERSION, kind);
    Fields.millis(w, nowMillis);
  }

  private static void token(CanonicalWriter w, int kind, long nowMillis, long token) {
    head(w, kind, nowMillis);
    w.u64(token);
  }

  private static void failed(CanonicalWriter w, int kind, Input input, long token, String reason) {
    token(w, kind, input.nowMillis(), token);
    Fields.text(w, reason);
  }

  private static void write(CanonicalWriter w, Input input) {
    long now = input.nowMillis();
    switch (input) {
      case Input.Start start -> {
        head(w, 0, now);
        w.fixed(start.entropy());
        Settings.CODEC.write(w, start.settings());
      }
      case Input.Loaded loaded -> {
        token(w, 1, now, loaded.token());
        w.list(loaded.entries(), Limits.LOAD_ENTRIES, StoreEntry.CODEC);
        w.flag(loaded.complete());
      }
      case Input.LoadFailed failed -> failed(w, 2, input, failed.token(), failed.reason());
      case Input.Persisted persisted -> token(w, 3, now, persisted.token());
      case Input.PersistFailed failed -> failed(w, 4, input, failed.token(), failed.reason());
      case Input.Verified verified -> {
        token(w, 5, now, verified.token());
        w.flag(verified.good());
      }
      case Input.Signed signed -> {
        token(w, 6, now, signed.token());
        Signature.CODEC.write(w, signed.signature());
      }
      case Input.SignFailed failed -> failed(w, 7, input, failed.token(), failed.reason());
      case Input.Prepared prepared -> token(w, 8, now, prepared.token());
      case Input.PrepareFailed failed -> failed(w, 9, input, failed.token(), failed.reason());
      case Input.TimerFired fired -> token(w, 10, now, fired.token());
      case Input.Commanded commanded -> {
        token(w, 11, now, commanded.token());
        CommandCodec.INSTANCE.write(w, commanded.command());
      }
      case Input.Consented consented -> {
        token(w, 12, now, consented.token());
        w.flag(consented.granted());
      }
      case Input.Stepped stepped -> head(w, 13, now);
      case Input.LinkUp up -> writeLink(w, up);
      case Input.LinkDown down -> writeLink(w, down);
      case Input.DialFailed failed -> writeLink(w, failed);
      case Input.MemberJoined joined -> writeLink(w, joined);
      case Input.MemberLeft left -> writeLink(w, left);
      case Input.RelayState state -> writeLink(w, state);
      case Input.FrameArrived arrived -> writeLink(w, arrived);
      case Input.InstanceMade made -> {
        token(w, 20, now, made.token());
        PublicKey.CODEC.write(w, made.key());
      }
      case Input.InstanceFailed failed -> failed(w, 21, input, failed.token(), failed.reason());
      case Input.VerifiedMany many -> {
        head(w, 22, now);
        w.list(many.answers(), Limits.ANSWERS, ANSWER);
      }
    }
  }

  private static void writeLink(CanonicalWriter w, Input.LinkUp up) {
    link(w, 14, up.nowMillis(), up.link());
    PublicKey.CODEC.write(w, up.remote());
    w.u8(KINDS.indexOf(up.kind()));
    w.flag(up.dialled());
  }

  private static void writeLink(CanonicalWriter w, Input.LinkDown down) {
    link(w, 15, down.nowMillis(), down.link());
    Fields.text(w, down.reason());
  }

  private static void writeLink(CanonicalWriter w, Input.DialFailed failed) {
    head(w, 16, failed.nowMillis());
    PublicKey.CODEC.write(w, failed.remote());
    Fields.text(w, failed.address());
    Fields.text(w, failed.reason());
  }

  private static void writeLink(CanonicalWriter w, Input.MemberJoined joined) {
    link(w, 17, joined.nowMillis(), joined.link());
    w.flag(true);
    ChannelId.CODEC.write(w, joined.channel());
  }

  private static void writeLink(CanonicalWriter w, Input.MemberLeft left) {
    link(w, 17, left.nowMillis(), left.link());
    w.flag(false);
    ChannelId.CODEC.write(w, left.channel());
  }

  private static void writeLink(CanonicalWriter w, Input.RelayState state) {
    head(w, 18, state.nowMillis());
    Fields.text(w, state.url());
    w.flag(state.up());
    Fields.text(w, state.reason());
  }

  private static void writeLink(CanonicalWriter w, Input.FrameArrived arrived) {
    link(w, 19, arrived.nowMillis(), arrived.link());
    w.bytes(arrived.frame(), Limits.FRAME_BYTES);
  }

  private static void link(CanonicalWriter w, int kind, long nowMillis, LinkId link) {
    head(w, kind, nowMillis);
    LinkId.CODEC.write(w, link);
  }

  private static Input read(CanonicalReader r) {
    r.version(VERSION);
    int kind = r.u8();
    long now = Fields.millis(r);
    return switch (kind) {
      case 0 -> new Input.Start(now, r.fixed(ENTROPY_BYTES), Settings.CODEC.read(r));
      case 1 ->
          new Input.Loaded(now, r.u64(), r.list(Limits.LOAD_ENTRIES, StoreEntry.CODEC), r.flag());
      case 2 -> new Input.LoadFailed(now, r.u64(), Fields.text(r));
      case 3 -> new Input.Persisted(now, r.u64());
      case 4 -> new Input.PersistFailed(now, r.u64(), Fields.text(r));
      case 5 -> new Input.Verified(now, r.u64(), r.flag());
      case 6 -> new Input.Signed(now, r.u64(), Signature.CODEC.read(r));
      case 7 -> new Input.SignFailed(now, r.u64(), Fields.text(r));
      case 8 -> new Input.Prepared(now, r.u64());
      case 9 -> new Input.PrepareFailed(now, r.u64(), Fields.text(r));
      case 10 -> new Input.TimerFired(now, r.u64());
      case 11 -> new Input.Commanded(now, r.u64(), CommandCodec.INSTANCE.read(r));
      case 12 -> new Input.Consented(now, r.u64(), r.flag());
      case 13 -> new Input.Stepped(now);
      case 14, 15, 16, 17, 18, 19 -> readLink(r, kind, now);
      case 20 -> new Input.InstanceMade(now, r.u64(), PublicKey.CODEC.read(r));
      case 21 -> new Input.InstanceFailed(now, r.u64(), Fields.text(r));
      case 22 -> new Input.VerifiedMany(now, r.list(Limits.ANSWERS, ANSWER));
      default -> throw r.fail("kind of input", Integer.toString(kind), "0 to " + GREATEST_KIND);
    };
  }

  private static Input readLink(CanonicalReader r, int kind, long now) {
    return switch (kind) {
      case 14 ->
          new Input.LinkUp(
              now, LinkId.CODEC.read(r), PublicKey.CODEC.read(r), linkKind(r), r.flag());
      case 15 -> new Input.LinkDown(now, LinkId.CODEC.read(r), Fields.text(r));
      case 16 -> new Input.DialFailed(now, PublicKey.CODEC.read(r), Fields.text(r), Fields.text(r));
      case 17 -> member(r, now);
      case 18 -> new Input.RelayState(now, Fields.text(r), r.flag(), Fields.text(r));
      default -> new Input.FrameArrived(now, LinkId.CODEC.read(r), r.bytes(Limits.FRAME_BYTES));
    };
  }

  private static LinkKind linkKind(CanonicalReader r) {
    return KINDS.get(r.choice(KINDS.size()));
  }

  private static Input member(CanonicalReader r, long now) {
    LinkId link = LinkId.CODEC.read(r);
    boolean joined = r.flag();
    ChannelId channel = ChannelId.CODEC.read(r);
    return joined
        ? new Input.MemberJoined(now, link, channel)
        : new Input.MemberLeft(now, link, channel);
  }
}
