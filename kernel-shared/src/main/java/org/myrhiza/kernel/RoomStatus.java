// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.TreeSet;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.Instance;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.SyncState;

/** How a room stands, for whoever asks. */
final class RoomStatus {
  private RoomStatus() {}

  static InstanceStatus of(House house, Room room) {
    Instance instance = room.instance();
    RoomRecord record = room.record();
    return new InstanceStatus(
        record.topic(),
        record.name(),
        record.bundle(),
        house.bundleName(record.bundle()),
        instance.digest(),
        instance.counts(),
        peers(house, room),
        syncState(room),
        room.sync().toCome(),
        instance.note().isEmpty() ? house.ownKey().notice() : instance.note());
  }

  /** Remotes of which at least one link is up. */
  private static int peers(House house, Room room) {
    TreeSet<PublicKey> remotes = new TreeSet<>();
    for (long number : room.sync().links()) {
      Link link = house.links().get(number);
      if (link != null) {
        remotes.add(link.remote);
      }
    }
    return remotes.size();
  }

  private static SyncState syncState(Room room) {
    if (room.instance().isStopped()) {
      return SyncState.STOPPED;
    }
    if (room.sync().links().isEmpty()) {
      return SyncState.ALONE;
    }
    return room.sync().isSynced() ? SyncState.SYNCED : SyncState.SYNCING;
  }
}
