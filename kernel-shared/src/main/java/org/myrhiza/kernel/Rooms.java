// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

/** Steps that creating, joining and restarting share. */
final class Rooms {
  private Rooms() {}

  /** The record of a room as it is in the store. */
  static Write stored(RoomRecord record) {
    return new Write.Put(StoreKeys.room(record.topic()), RoomRecord.CODEC.encode(record));
  }

  /** Puts a new room and its bundle into the store and lets it live. */
  static void settle(House house, Room room, Consenting.Checked.Good good) {
    house.library().install(good.installed());
    house.outbox().write(stored(room.record()));
    boolean fresh = house.get(room.record().topic()) == null;
    house.add(room);
    room.phase(Room.Phase.LIVE);
    room.instance().keep();
    room.instance().run(good.app());
    if (fresh) {
      house.reach(room);
    }
  }
}
