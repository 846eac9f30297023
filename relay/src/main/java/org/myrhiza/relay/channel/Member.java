// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.channel;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.identity.PublicKey;

/** A client that logged in: its key, the channels it is in, and the way to it. */
public final class Member {
  final PublicKey key;
  final Outbox outbox;
  final Set<ChannelId> channels = ConcurrentHashMap.newKeySet();
  volatile boolean gone;

  /**
   * Begins in no channel.
   *
   * @param key the transport key that it proved
   * @param outbox the way to it
   */
  public Member(PublicKey key, Outbox outbox) {
    this.key = key;
    this.outbox = outbox;
  }

  boolean sharesChannelWith(Member other) {
    return channels.size() <= other.channels.size()
        ? channels.stream().anyMatch(other.channels::contains)
        : other.channels.stream().anyMatch(channels::contains);
  }
}
