// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.Admission;
import org.myrhiza.frame.AddressHint;
import org.myrhiza.frame.Authority;
import org.myrhiza.frame.Invitation;
import org.myrhiza.frame.RelayUrl;

/**
 * Writes current invitations: the way a room was reached by, with this installation's addresses.
 */
final class Invites {
  private static final int MOST_RELAYS = org.myrhiza.frame.Limits.INVITE_RELAYS;
  private static final int MOST_ADDRESSES = org.myrhiza.frame.Limits.INVITE_ADDRESSES;

  private Invites() {}

  /** One without a one-time secret: that of another invitation is not handed on. */
  static Invitation current(House house, Room room) {
    Invitation way = room.record().way();
    List<AddressHint> addresses = new ArrayList<>();
    for (String address : house.settings().listen()) {
      if (Authority.parse(address) instanceof Decoded.Ok<Authority> ok) {
        addresses.add(new AddressHint(house.settings().keys().transport(), ok.value()));
      }
    }
    for (AddressHint hint : way.addresses()) {
      if (!hint.transport().equals(house.settings().keys().transport())) {
        addresses.add(hint);
      }
    }
    List<RelayUrl> relays = relays(house, room);
    return new Invitation(
        way.topic(),
        way.founder(),
        way.secret(),
        way.epoch(),
        relays.subList(0, Math.min(relays.size(), MOST_RELAYS)),
        addresses.subList(0, Math.min(addresses.size(), MOST_ADDRESSES)));
  }

  /** The text of one that can be passed on; empty where each has to be made for one user. */
  static String shown(House house, Room room) {
    boolean oneTime =
        room.instance()
            .log()
            .genesis()
            .filter(genesis -> genesis.policy().admission() == Admission.INVITED)
            .isPresent();
    return oneTime ? "" : current(house, room).text();
  }

  /** The relays of a room: those that it was reached by, and this installation's own. */
  static List<RelayUrl> relays(House house, Room room) {
    List<RelayUrl> relays = new ArrayList<>(room.record().way().relays());
    for (String url : house.settings().relays()) {
      if (RelayUrl.parse(url) instanceof Decoded.Ok<RelayUrl> ok && !relays.contains(ok.value())) {
        relays.add(ok.value());
      }
    }
    return relays;
  }
}
