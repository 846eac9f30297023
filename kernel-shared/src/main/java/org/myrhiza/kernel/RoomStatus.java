// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.TreeSet;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.Instance;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.SyncState;
import org.myrhiza.sync.TopicSync;

/** How a room stands, as its users are told. */
final class RoomStatus {
  private RoomStatus() {}

  static InstanceStatus of(Room room, House house) {
    RoomRecord record = room.record();
    Instance instance = room.instance();
    return new InstanceStatus(
        record.topic(),
        record.name(),
        record.bundle(),
        house.bundleName(record.bundle()),
        instance.digest(),
        instance.counts(),
        peers(room.sync(), house.links()),
        syncState(room),
        room.sync().toCome(),
        instance.note().isEmpty() ? house.ownKey().notice() : instance.note());
  }

  /** Remotes of which at least one link is up. */
  private static int peers(TopicSync sync, Links links) {
    TreeSet<PublicKey> remotes = new TreeSet<>();
    for (long number : sync.links()) {
      Link link = links.get(number);
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
