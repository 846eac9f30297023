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

/**
 * Builds the rooms from the store, without replaying: all records but events, verdicts and indexes
 * in key order, and of each room its log and results by a {@link RoomStart}. A damaged record stops
 * its own room and no other; only the format number concerns the whole store.
 */
final class Restart {
  private final House house;
  private final Consumer<@Nullable Problem> then;
  private final Reading reading;
  private final ArrayDeque<Runnable> parts = new ArrayDeque<>();
  private final TreeMap<TopicId, RoomStart> starts = new TreeMap<>();
  private boolean formatSeen;
  private boolean older;
  private boolean anySeen;

  private Restart(House house, Consumer<@Nullable Problem> then) {
    this.house = house;
    this.then = then;
    reading = new Reading(house.outbox(), then);
  }

  /** Starts; told null at the end, or why the store cannot be used. */
  static void start(House house, Consumer<@Nullable Problem> then) {
    Restart restart = new Restart(house, then);
    restart.begin();
  }

  /**
   * Proofs of forks come between events and verdicts, since which events are kept depends on them.
   */
  private void begin() {
    parts.add(() -> load(StoreKeys.META, StoreKeys.EVENT));
    parts.add(() -> eachRoom(RoomStart::log));
    parts.add(() -> load(StoreKeys.PROOF, StoreKeys.INDEX));
    parts.add(() -> eachRoom(RoomStart::results));
    parts.add(() -> load(StoreKeys.STATE, StoreKeys.PROOF));
    parts.add(this::finish);
    next();
  }

  private void next() {
    parts.remove().run();
  }

  /** A part of a room's start, and what comes after it. */
  private interface RoomPart {
    void begin(RoomStart start, Runnable done);
  }

  private void eachRoom(RoomPart part) {
    for (RoomStart start : starts.descendingMap().values()) {
      parts.addFirst(() -> part.begin(start, this::next));
    }
    next();
  }

  private void load(int from, int to) {
    reading.pages(
        new Reading.Range(StoreKeys.first(from), StoreKeys.first(to), Limits.LOAD_ENTRIES),
        this::take,
        this::next);
  }

  private void take(List<StoreEntry> entries, Runnable more) {
    for (StoreEntry entry : entries) {
      Problem problem = take(entry);
      if (problem != null) {
        then.accept(problem);
        return;
      }
    }
    more.run();
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
    older = format.value() == StoreKeys.FORMAT_WITHOUT_INDEX;
    return older || format.value() == StoreKeys.FORMAT
        ? null
        : Refusals.otherFormat(format.value(), StoreKeys.FORMAT);
  }

  private @Nullable Problem room(StoreEntry entry) {
    return switch (RoomRecord.CODEC.decode(entry.value())) {
      case Decoded.Bad<RoomRecord> bad -> Refusals.damaged(bad.malformed().message());
      case Decoded.Ok<RoomRecord> ok -> {
        Room room = new Room(house, ok.value());
        house.add(room);
        starts.put(room.record().topic(), new RoomStart(house, room, reading));
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
    RoomStart start =
        StoreKeys.topicOf(entry.key()) instanceof Decoded.Ok<TopicId> ok
            ? starts.get(ok.value())
            : null;
    if (start != null) {
      start.take(kind, entry);
    }
  }

  private void finish() {
    if (!anySeen || older) {
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
    for (RoomStart start : starts.values()) {
      open(start, consenting);
    }
    then.accept(null);
  }

  private void open(RoomStart start, Consenting consenting) {
    Room room = start.room();
    String damage = start.damage();
    Library.Installed installed = house.library().get(room.record().bundle());
    room.phase(Room.Phase.LIVE);
    if (damage != null) {
      room.damaged(damage);
      return;
    }
    start.end();
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
