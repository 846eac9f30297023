// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.List;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.event.Admission;
import org.myrhiza.event.BundleId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.view.Field;

/** Canonical bytes of a {@link Command}: version, kind, fields. */
public final class CommandCodec {
  /** The codec. */
  public static final Codec<Command> INSTANCE = Codec.of(CommandCodec::write, CommandCodec::read);

  private static final int VERSION = 0;
  private static final int GREATEST_KIND = 13;

  private CommandCodec() {}

  private static void head(CanonicalWriter w, int kind) {
    Fields.head(w, VERSION, kind);
  }

  private static void named(CanonicalWriter w, int kind, String instance) {
    head(w, kind);
    Fields.text(w, instance);
  }

  private static void write(CanonicalWriter w, Command command) {
    switch (command) {
      case Command.Identity identity -> head(w, 0);
      case Command.CreateApp create -> {
        head(w, 1);
        w.bytes(create.bundle(), Limits.BUNDLE_BYTES);
        Fields.text(w, create.name());
        w.list(create.fields(), org.myrhiza.view.Limits.FIELDS, Field.CODEC);
        w.list(create.relays(), Limits.LIST, Fields.TEXT);
        w.optional(create.trusted(), BundleId.CODEC);
        Admission.CODEC.write(w, create.admission());
      }
      case Command.JoinApp join -> {
        named(w, 2, join.invite());
        Fields.text(w, join.name());
        w.optional(join.trusted(), BundleId.CODEC);
        Fields.millis(w, join.timeoutMillis());
      }
      case Command.ListApps list -> head(w, 3);
      case Command.ViewApp view -> named(w, 4, view.instance());
      case Command.Act act -> {
        named(w, 5, act.instance());
        Fields.text(w, act.action());
        w.list(act.fields(), org.myrhiza.view.Limits.FIELDS, Field.CODEC);
        Fields.millis(w, act.waitMillis());
      }
      case Command.AppLog log -> {
        named(w, 6, log.instance());
        w.leb(log.from());
        w.leb(log.limit());
      }
      case Command.Invite invite -> named(w, 7, invite.instance());
      case Command.Leave leave -> named(w, 8, leave.instance());
      case Command.Status status -> head(w, 9);
      case Command.Watch watch -> {
        head(w, 10);
        w.flag(watch.on());
      }
      case Command.Forget forget -> {
        head(w, 11);
        w.u64(forget.token());
      }
      case Command.Admit admit -> {
        named(w, 12, admit.instance());
        PublicKey.CODEC.write(w, admit.user());
      }
      case Command.Fence fence -> {
        named(w, 13, fence.instance());
        PublicKey.CODEC.write(w, fence.user());
      }
    }
  }

  private static Command read(CanonicalReader r) {
    r.version(VERSION);
    int kind = r.u8();
    return switch (kind) {
      case 0 -> new Command.Identity();
      case 1 -> create(r);
      case 2 -> join(r);
      case 3 -> new Command.ListApps();
      case 4 -> new Command.ViewApp(Fields.text(r));
      case 5 -> act(r);
      case 6 -> log(r);
      case 7 -> new Command.Invite(Fields.text(r));
      case 8 -> new Command.Leave(Fields.text(r));
      case 9 -> new Command.Status();
      case 10 -> new Command.Watch(r.flag());
      case 11 -> new Command.Forget(r.u64());
      case 12 -> new Command.Admit(Fields.text(r), PublicKey.CODEC.read(r));
      case 13 -> new Command.Fence(Fields.text(r), PublicKey.CODEC.read(r));
      default -> throw r.fail("kind of command", Integer.toString(kind), "0 to " + GREATEST_KIND);
    };
  }

  private static List<Field> fields(CanonicalReader r) {
    return r.list(org.myrhiza.view.Limits.FIELDS, Field.CODEC);
  }

  private static Command create(CanonicalReader r) {
    Bytes bundle = r.bytes(Limits.BUNDLE_BYTES);
    String name = Fields.text(r);
    List<Field> fields = fields(r);
    List<String> relays = r.list(Limits.LIST, Fields.TEXT);
    Optional<BundleId> trusted = r.optional(BundleId.CODEC);
    Admission admission = Admission.CODEC.read(r.at("admission"));
    return new Command.CreateApp(bundle, name, fields, relays, trusted, admission);
  }

  private static Command join(CanonicalReader r) {
    String invite = Fields.text(r);
    String name = Fields.text(r);
    Optional<BundleId> trusted = r.optional(BundleId.CODEC);
    return new Command.JoinApp(invite, name, trusted, Fields.millis(r));
  }

  private static Command act(CanonicalReader r) {
    String instance = Fields.text(r);
    String action = Fields.text(r);
    List<Field> fields = fields(r);
    return new Command.Act(instance, action, fields, Fields.millis(r));
  }

  private static Command log(CanonicalReader r) {
    String instance = Fields.text(r);
    int from = r.at("first position").lebInt(Integer.MAX_VALUE);
    return new Command.AppLog(instance, from, r.at("limit").lebInt(Limits.LOG_ROWS));
  }
}
