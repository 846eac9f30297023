// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.TopicId;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.instance.Problem;
import org.myrhiza.instance.Self;

/** The rooms of a kernel and what they share. */
final class House {
  /** Random bytes of a sealing session. */
  static final int SESSION_BYTES = 32;

  private final Ports ports;
  private final Outbox outbox;
  private final Settings settings;
  private final Randomness randomness;
  private final Links links;
  private final Library library;
  private final Dialer dialer;
  private final OwnKey ownKey;
  private final TreeMap<TopicId, Room> rooms = new TreeMap<>();
  private final TreeMap<ChannelId, Room> byChannel = new TreeMap<>();
  private List<Room> all = List.of();

  House(Ports ports, Outbox outbox, Input.Start start) {
    this.ports = ports;
    this.outbox = outbox;
    this.settings = start.settings();
    this.randomness = new Randomness(start.entropy());
    this.links = new Links(outbox);
    this.library = new Library(outbox);
    this.dialer = new Dialer(this);
    this.ownKey = new OwnKey(this);
  }

  Ports ports() {
    return ports;
  }

  Outbox outbox() {
    return outbox;
  }

  Settings settings() {
    return settings;
  }

  Randomness randomness() {
    return randomness;
  }

  Links links() {
    return links;
  }

  Library library() {
    return library;
  }

  Dialer dialer() {
    return dialer;
  }

  Self self() {
    Settings.Keys keys = settings.keys();
    return new Self(keys.longTerm(), ownKey.key(), settings.deviceName(), settings.mayAuthor());
  }

  OwnKey ownKey() {
    return ownKey;
  }

  /** Whether all that an earlier run wrote is in the store for sure. */
  boolean isClean() {
    return settings.past().map(Settings.Past::clean).orElse(false);
  }

  String bundleName(BundleId id) {
    Library.Installed installed = library.get(id);
    return installed == null ? "" : installed.bundle().manifest().name();
  }

  /** All rooms by topic, those that are being joined included. */
  List<Room> all() {
    return all;
  }

  /** The rooms that are in the store, by topic. */
  List<Room> live() {
    List<Room> live = new ArrayList<>();
    for (Room room : rooms.values()) {
      if (room.phase() == Room.Phase.LIVE) {
        live.add(room);
      }
    }
    return live;
  }

  @Nullable Room get(TopicId topic) {
    return rooms.get(topic);
  }

  @Nullable Room at(ChannelId channel) {
    return byChannel.get(channel);
  }

  void add(Room room) {
    rooms.put(room.record().topic(), room);
    byChannel.put(room.channel(), room);
    all = List.copyOf(rooms.values());
  }

  /** Begins to reach the members of a room, once what is written so far is on disk. */
  void reach(Room room) {
    List<String> relays = new ArrayList<>();
    Invites.relays(this, room).forEach(relay -> relays.add(relay.url()));
    ChannelId channel = room.channel();
    outbox.whenPersisted(() -> outbox.emit(new Effect.Attach(channel, relays)));
    dialer.reach(room);
  }

  /** Ends a room: forgets it and no longer reaches its members. The store is the caller's. */
  void close(Room room, Problem why) {
    room.phase(Room.Phase.LEFT);
    room.instance().close(why);
    rooms.remove(room.record().topic());
    all = List.copyOf(rooms.values());
    byChannel.remove(room.channel());
    ChannelId channel = room.channel();
    outbox.whenPersisted(() -> outbox.emit(new Effect.Detach(channel)));
  }

  /** Removes a room from the store, and its bundle when no other room uses it. */
  void erase(Room room) {
    TopicId topic = room.record().topic();
    outbox.write(new Write.Delete(StoreKeys.room(topic)));
    for (int kind = StoreKeys.BUNDLE + 1; kind < StoreKeys.END; kind++) {
      outbox.write(StoreKeys.topic(kind, topic));
    }
    BundleId bundle = room.record().bundle();
    boolean used =
        rooms.values().stream().anyMatch(other -> other.record().bundle().equals(bundle));
    if (!used) {
      library.remove(bundle);
    }
  }

  /**
   * A local name that no other room has: the wanted one, or with a number behind it.
   *
   * @param topic whose name it is to be
   */
  String freeName(TopicId topic, String wanted) {
    String name = wanted;
    int number = 1;
    while (isTaken(topic, name)) {
      number++;
      name = wanted + "-" + number;
    }
    return name;
  }

  private boolean isTaken(TopicId topic, String name) {
    return rooms.values().stream()
        .map(Room::record)
        .anyMatch(room -> room.name().equals(name) && !room.topic().equals(topic));
  }
}
