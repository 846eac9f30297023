// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.List;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.event.EventId;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.LogRow;
import org.myrhiza.view.View;

/** Canonical bytes of a {@link Reply}: version, kind, fields. */
public final class ReplyCodec {
  /** The codec. */
  public static final Codec<Reply> INSTANCE = Codec.of(ReplyCodec::write, ReplyCodec::read);

  private static final Codec<Reply.RelayRow> RELAY =
      Codec.of(
          (w, row) -> {
            Fields.text(w, row.url());
            w.flag(row.up());
            Fields.text(w, row.reason());
          },
          r -> new Reply.RelayRow(Fields.text(r), r.flag(), Fields.text(r)));

  private static final int VERSION = 0;
  private static final int GREATEST_KIND = 12;

  private ReplyCodec() {}

  private static void head(CanonicalWriter w, int kind) {
    Fields.head(w, VERSION, kind);
  }

  private static void topic(CanonicalWriter w, int kind, TopicId topic) {
    head(w, kind);
    TopicId.CODEC.write(w, topic);
  }

  private static void statuses(CanonicalWriter w, List<InstanceStatus> statuses) {
    w.list(statuses, Limits.INSTANCES, InstanceStatus.CODEC);
  }

  private static List<InstanceStatus> statuses(CanonicalReader r) {
    return r.list(Limits.INSTANCES, InstanceStatus.CODEC);
  }

  private static void write(CanonicalWriter w, Reply reply) {
    switch (reply) {
      case Reply.Identified identified -> {
        head(w, 0);
        PublicKey.CODEC.write(w, identified.user());
        PublicKey.CODEC.write(w, identified.peer());
        PublicKey.CODEC.write(w, identified.transport());
      }
      case Reply.Opened opened -> {
        head(w, 1);
        InstanceStatus.CODEC.write(w, opened.status());
        Fields.text(w, opened.invite());
      }
      case Reply.Listed listed -> {
        head(w, 2);
        statuses(w, listed.instances());
      }
      case Reply.Viewed viewed -> {
        head(w, 3);
        InstanceStatus.CODEC.write(w, viewed.status());
        View.CODEC.write(w, viewed.view());
      }
      case Reply.Acted acted -> {
        topic(w, 4, acted.instance());
        EventId.CODEC.write(w, acted.event());
        w.leb(acted.position());
        w.flag(acted.verdict().accepted());
        Fields.text(w, acted.verdict().reason());
      }
      case Reply.Logged logged -> {
        topic(w, 5, logged.instance());
        w.list(logged.rows(), Limits.LOG_ROWS, LogRow.CODEC);
        w.flag(logged.more());
      }
      case Reply.Invited invited -> {
        topic(w, 6, invited.instance());
        Fields.text(w, invited.invite());
        w.list(invited.warnings(), Limits.LIST, Fields.TEXT);
      }
      case Reply.Departed departed -> topic(w, 7, departed.instance());
      case Reply.StatusShown shown -> {
        head(w, 8);
        w.list(shown.relays(), Limits.LIST, RELAY);
        w.leb(shown.links());
        statuses(w, shown.instances());
      }
      case Reply.Watching watching -> {
        head(w, 9);
        statuses(w, watching.instances());
      }
      case Reply.Done done -> head(w, 10);
      case Reply.Failed failed -> {
        head(w, 11);
        Fields.text(w, failed.type());
        Fields.text(w, failed.message());
        Fields.text(w, failed.hint());
        Fields.text(w, failed.at());
        w.u8(failed.exitCode());
      }
      case Reply.Governed governed -> {
        topic(w, 12, governed.instance());
        PublicKey.CODEC.write(w, governed.user());
        w.optional(governed.event(), EventId.CODEC);
      }
    }
  }

  private static Reply read(CanonicalReader r) {
    r.version(VERSION);
    int kind = r.u8();
    return switch (kind) {
      case 0 ->
          new Reply.Identified(
              PublicKey.CODEC.read(r), PublicKey.CODEC.read(r), PublicKey.CODEC.read(r));
      case 1 -> new Reply.Opened(InstanceStatus.CODEC.read(r), Fields.text(r));
      case 2 -> new Reply.Listed(statuses(r));
      case 3 -> new Reply.Viewed(InstanceStatus.CODEC.read(r), View.CODEC.read(r));
      case 4 -> acted(r);
      case 5 ->
          new Reply.Logged(TopicId.CODEC.read(r), r.list(Limits.LOG_ROWS, LogRow.CODEC), r.flag());
      case 6 ->
          new Reply.Invited(
              TopicId.CODEC.read(r), Fields.text(r), r.list(Limits.LIST, Fields.TEXT));
      case 7 -> new Reply.Departed(TopicId.CODEC.read(r));
      case 8 ->
          new Reply.StatusShown(
              r.list(Limits.LIST, RELAY), r.at("links").lebInt(Integer.MAX_VALUE), statuses(r));
      case 9 -> new Reply.Watching(statuses(r));
      case 10 -> new Reply.Done();
      case 11 ->
          new Reply.Failed(
              Fields.text(r), Fields.text(r), Fields.text(r), Fields.text(r), Fields.exitCode(r));
      case 12 ->
          new Reply.Governed(
              TopicId.CODEC.read(r), PublicKey.CODEC.read(r), r.optional(EventId.CODEC));
      default -> throw r.fail("kind of reply", Integer.toString(kind), "0 to " + GREATEST_KIND);
    };
  }

  private static Reply acted(CanonicalReader r) {
    TopicId topic = TopicId.CODEC.read(r);
    EventId event = EventId.CODEC.read(r);
    long position = r.leb();
    return new Reply.Acted(topic, event, position, new Reply.ActVerdict(r.flag(), Fields.text(r)));
  }
}
