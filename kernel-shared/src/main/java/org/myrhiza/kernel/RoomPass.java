// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Invitation;
import org.myrhiza.frame.OneTimeSecret;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.instance.Pass;
import org.myrhiza.log.Admittance;
import org.myrhiza.log.Log;

/** The one-time secret of a room, which is in the room's record until a join was written. */
final class RoomPass implements Pass {
  private final House house;
  private final Room room;

  RoomPass(House house, Room room) {
    this.house = house;
    this.room = room;
  }

  private Optional<OneTimeSecret> secret() {
    return room.record().way().admission();
  }

  @Override
  public Optional<PublicKey> invitation() {
    return secret().map(secret -> house.ports().oneTime().publicKey(secret.seed()));
  }

  @Override
  public Signature sign(Bytes message) {
    return house.ports().oneTime().sign(secret().orElseThrow().seed(), message);
  }

  @Override
  public void used() {
    if (secret().isPresent()) {
      keep(Optional.empty());
    }
  }

  /**
   * Takes the secret of another invitation to this room in the place of the one there is, which may
   * have been used by somebody else; whoever is in needs none.
   */
  void take(Invitation invitation) {
    if (invitation.admission().isPresent() && !isIn()) {
      keep(invitation.admission());
    }
  }

  /** Whether nothing is known to be missing that tells what the secret is worth. */
  boolean isKnown() {
    Optional<PublicKey> invitation = invitation();
    Log log = room.instance().log();
    return invitation.isEmpty()
        || (log.genesis().isPresent()
            && !(Admittance.of(log, house.self().principal(), invitation)
                instanceof Admittance.Outside));
  }

  private boolean isIn() {
    Log log = room.instance().log();
    return log.genesis().isPresent()
        && Admittance.of(log, house.self().principal(), Optional.empty()).isIn();
  }

  private void keep(Optional<OneTimeSecret> secret) {
    RoomRecord old = room.record();
    RoomRecord kept = new RoomRecord(old.name(), old.bundle(), old.way().with(secret));
    room.record(kept);
    if (room.phase() == Room.Phase.LIVE) {
      house.outbox().write(Rooms.stored(kept));
    }
  }
}
