// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.sync.Offence;

/** The links that are up, and what each has done wrong. */
final class Links {
  private final Outbox outbox;
  private final TreeMap<Long, Link> links = new TreeMap<>();
  private final List<Link> closed = new ArrayList<>();

  Links(Outbox outbox) {
    this.outbox = outbox;
  }

  void up(Link link) {
    links.put(link.id.number(), link);
  }

  @Nullable Link down(LinkId id) {
    return links.remove(id.number());
  }

  @Nullable Link get(long number) {
    return links.get(number);
  }

  int count() {
    return links.size();
  }

  /** Open links to a remote, ascending. */
  List<Link> to(PublicKey remote) {
    return links.values().stream()
        .filter(link -> link.isOpen() && link.remote.equals(remote))
        .toList();
  }

  /** Links that were closed here since the last call; over a relay they may stay up for long. */
  List<Link> takeClosed() {
    List<Link> taken = List.copyOf(closed);
    closed.clear();
    return taken;
  }

  /** Counts an offence; past the bound the link is closed and no longer looked at. */
  void charge(long number, Offence offence, String reason) {
    Link link = links.get(number);
    if (link == null || !link.isOpen()) {
      return;
    }
    if (link.account.charge(offence, reason)) {
      closed.add(link);
      outbox.emit(new Effect.CloseLink(link.id, "too much bad input, last: " + reason));
      outbox.emit(
          new Effect.Warn(
              "closed the link to "
                  + link.remote.peerText()
                  + ", which sent bad input: "
                  + reason));
    }
  }
}
