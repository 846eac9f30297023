// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.TopicId;
import org.myrhiza.instance.Problem;
import org.myrhiza.instance.Restoration;

/**
 * Builds the rooms from the store, without replaying: one pass over all records in key order, which
 * is made so that what a record needs comes before it. A damaged record stops its own room and no
 * other; only the format number concerns the whole store.
 */
final class Restart {
  /** Proofs of forks come before verdicts, since which events are kept depends on them. */
  private static final List<Part> PARTS =
      List.of(
          new Part(StoreKeys.META, StoreKeys.VERDICT),
          new Part(StoreKeys.PROOF, StoreKeys.END),
          new Part(StoreKeys.VERDICT, StoreKeys.PROOF));

  private final House house;
  private final Consumer<@Nullable Problem> then;
  private final ArrayDeque<Part> parts = new ArrayDeque<>();
  private final TreeMap<TopicId, String> damaged = new TreeMap<>();
  private Bytes end = Bytes.EMPTY;
  private boolean formatSeen;
  private boolean anySeen;

  private Restart(House house, Consumer<@Nullable Problem> then) {
    this.house = house;
    this.then = then;
  }

  /** Starts; told null at the end, or why the store cannot be used. */
  static void start(House house, Consumer<@Nullable Problem> then) {
    Restart restart = new Restart(house, then);
    restart.parts.addAll(PARTS);
    restart.next();
  }

  /** Kinds of records, the first of a part and the one behind it. */
  private record Part(int from, int to) {}

  private void next() {
    Part part = parts.poll();
    if (part == null) {
      finish();
      return;
    }
    if (part.from() == StoreKeys.VERDICT) {
      house.all().forEach(room -> room.instance().restoration().logRestored());
    }
    end = StoreKeys.first(part.to());
    load(StoreKeys.first(part.from()));
  }

  private void load(Bytes from) {
    house.outbox().load(from, end, this::loaded);
  }

  private void loaded(Input input) {
    switch (input) {
      case Input.Loaded page -> take(page);
      case Input.LoadFailed failed -> then.accept(Refusals.unreadable(failed.reason()));
      default -> then.accept(Refusals.unreadable("no answer"));
    }
  }

  private void take(Input.Loaded page) {
    for (StoreEntry entry : page.entries()) {
      Problem problem = take(entry);
      if (problem != null) {
        then.accept(problem);
        return;
      }
    }
    List<StoreEntry> entries = page.entries();
    if (page.complete()) {
      next();
    } else if (entries.isEmpty()) {
      then.accept(Refusals.unreadable("an empty page of an unfinished range"));
    } else {
      load(Bytes.concat(entries.get(entries.size() - 1).key(), Bytes.of(0)));
    }
  }

  private @Nullable Problem take(StoreEntry entry) {
    anySeen = true;
    int kind = entry.key().isEmpty() ? -1 : entry.key().at(0);
    if (entry.key().equals(StoreKeys.mark())) {
      return house.ownKey().restore(entry.value()) ? null : Refusals.damaged("the store's mark");
    }
    if (kind == StoreKeys.META) {
      return format(entry);
    }
    if (!formatSeen) {
      return Refusals.damaged("the store has no format number");
    }
    return switch (kind) {
      case StoreKeys.ROOM -> room(entry);
      case StoreKeys.BUNDLE -> bundlePiece(entry);
      default -> {
        ofTopic(kind, entry);
        yield null;
      }
    };
  }

  private @Nullable Problem format(StoreEntry entry) {
    if (!(StoreKeys.readMeta(entry.value()) instanceof Decoded.Ok<Integer> format)) {
      return Refusals.damaged("the store's format number");
    }
    formatSeen = true;
    return format.value() == StoreKeys.FORMAT
        ? null
        : Refusals.otherFormat(format.value(), StoreKeys.FORMAT);
  }

  private @Nullable Problem room(StoreEntry entry) {
    return switch (RoomRecord.CODEC.decode(entry.value())) {
      case Decoded.Bad<RoomRecord> bad -> Refusals.damaged(bad.malformed().message());
      case Decoded.Ok<RoomRecord> ok -> {
        house.add(new Room(house, ok.value()));
        yield null;
      }
    };
  }

  private @Nullable Problem bundlePiece(StoreEntry entry) {
    return switch (StoreKeys.bundleOf(entry.key())) {
      case Decoded.Bad<BundleId> bad -> Refusals.damaged("the key of a bundle");
      case Decoded.Ok<BundleId> ok -> {
        house.library().load(ok.value(), entry.value());
        yield null;
      }
    };
  }

  private void ofTopic(int kind, StoreEntry entry) {
    Room room =
        StoreKeys.topicOf(entry.key()) instanceof Decoded.Ok<TopicId> ok
            ? house.get(ok.value())
            : null;
    if (room == null || damaged.containsKey(room.record().topic())) {
      return;
    }
    Restoration restoration = room.instance().restoration();
    Bytes key = entry.key();
    Bytes value = entry.value();
    if (value.isEmpty()) {
      damaged.put(room.record().topic(), "a record is not as it was written");
      return;
    }
    Decoded<?> restored =
        switch (kind) {
          case StoreKeys.EVENT -> restoration.event(key, value);
          case StoreKeys.VERDICT -> restoration.verdict(key, value);
          case StoreKeys.STATE -> restoration.state(key, value);
          case StoreKeys.PROOF -> restoration.proof(key, value);
          default -> restoration.own(key, value);
        };
    if (restored instanceof Decoded.Bad<?> bad) {
      damaged.put(room.record().topic(), bad.malformed().message());
    }
  }

  private void finish() {
    if (!anySeen) {
      house.outbox().write(new Write.Put(StoreKeys.meta(), StoreKeys.metaValue()));
    }
    house.ownKey().started();
    Consenting consenting = new Consenting(house);
    for (Map.Entry<BundleId, Bytes> file : house.library().takeLoaded().entrySet()) {
      if (consenting.check(file.getValue()) instanceof Consenting.Checked.Good good
          && good.installed().bundle().id().equals(file.getKey())) {
        house.library().loaded(good.installed());
      }
    }
    for (Room room : house.all()) {
      open(room, consenting);
    }
    then.accept(null);
  }

  private void open(Room room, Consenting consenting) {
    String damage = damaged.get(room.record().topic());
    Library.Installed installed = house.library().get(room.record().bundle());
    room.phase(Room.Phase.LIVE);
    if (damage != null) {
      room.instance().stop(Refusals.damaged(damage).message());
      return;
    }
    room.restored();
    house.reach(room);
    if (installed == null) {
      room.instance().stop(Refusals.damaged("the app's bundle").message());
      return;
    }
    switch (consenting.admit(installed)) {
      case Consenting.Checked.Good good -> room.instance().run(good.app());
      case Consenting.Checked.Bad bad -> room.instance().stop(bad.problem().message());
    }
  }
}
