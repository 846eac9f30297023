// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.List;
import java.util.TreeMap;
import org.myrhiza.frame.AddressHint;
import org.myrhiza.identity.PublicKey;

/** Dials the addresses that rooms know, and again with growing pauses while there is no link. */
final class Dialer {
  private static final long FIRST_MILLIS = 1_000;
  private static final long LAST_MILLIS = 30_000;

  private final House house;
  private final TreeMap<PublicKey, Long> pauses = new TreeMap<>();
  private final TreeMap<PublicKey, Boolean> under = new TreeMap<>();

  Dialer(House house) {
    this.house = house;
  }

  /** Dials what a room knows, once what is written so far is on disk. */
  void reach(Room room) {
    for (AddressHint hint : room.record().way().addresses()) {
      boolean self = hint.transport().equals(house.settings().keys().transport());
      if (!self) {
        house.outbox().whenPersisted(() -> dial(hint.transport()));
      }
    }
  }

  /** A link that was dialled or taken is up. */
  void up(PublicKey remote) {
    pauses.remove(remote);
    under.remove(remote);
  }

  /** A try failed, or a link went down. */
  void lost(PublicKey remote) {
    long pause = pauses.getOrDefault(remote, FIRST_MILLIS);
    pauses.put(remote, Math.min(2 * pause, LAST_MILLIS));
    if (addresses(remote).isEmpty()) {
      under.remove(remote);
      return;
    }
    long spread = house.randomness().below((int) FIRST_MILLIS);
    house
        .outbox()
        .timer(
            house.outbox().now() + pause + spread,
            () -> {
              under.remove(remote);
              dial(remote);
            });
  }

  private void dial(PublicKey remote) {
    boolean direct = house.links().to(remote).stream().anyMatch(link -> link.kind == LinkKind.QUIC);
    if (direct || under.containsKey(remote)) {
      return;
    }
    for (String address : addresses(remote)) {
      under.put(remote, true);
      house.outbox().emit(new Effect.Dial(remote, address));
    }
  }

  private List<String> addresses(PublicKey remote) {
    return house.all().stream()
        .flatMap(room -> room.record().way().addresses().stream())
        .filter(hint -> hint.transport().equals(remote))
        .map(hint -> hint.address().text())
        .distinct()
        .toList();
  }
}
