// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.frame.RelayMessage;
import org.myrhiza.frame.RelayUrl;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.kernel.LinkKind;

/**
 * The links over relays: one per remote key, over all relays together. It is up while some relay
 * says that the key is in some channel of ours. Only the links' thread calls.
 */
final class RelayLinks implements RelayClient.Owner {
  /** A remote, and by which relays it is in which channels. */
  private static final class Remote {
    final long link;
    final PublicKey key;
    final Map<ChannelId, Set<RelayClient>> where = new LinkedHashMap<>();
    boolean muted;

    Remote(long link, PublicKey key) {
      this.link = link;
      this.key = key;
    }
  }

  private final LinksOptions options;
  private final Loop loop;
  private final LinkEvents events;
  private final LongSupplier numbers;
  private final Map<RelayUrl, RelayClient> relays = new LinkedHashMap<>();
  private final Map<PublicKey, Remote> remotes = new LinkedHashMap<>();
  private final Map<Long, Remote> byLink = new LinkedHashMap<>();

  RelayLinks(LinksOptions options, Loop loop, LinkEvents events, LongSupplier numbers) {
    this.options = options;
    this.loop = loop;
    this.events = events;
    this.numbers = numbers;
  }

  /** Makes us a member of a channel on exactly these relays. */
  void attach(ChannelId channel, Set<RelayUrl> urls) {
    for (RelayClient relay : List.copyOf(relays.values())) {
      if (!urls.contains(relay.url())) {
        leave(relay, channel);
      }
    }
    for (RelayUrl url : urls) {
      RelayClient relay =
          relays.computeIfAbsent(url, key -> new RelayClient(key, options, loop, this));
      relay.join(channel);
      relay.connect();
    }
  }

  /** Makes us a member of a channel nowhere. */
  void detach(ChannelId channel) {
    attach(channel, Set.of());
  }

  private void leave(RelayClient relay, ChannelId channel) {
    relay.leave(channel);
    for (Remote remote : List.copyOf(remotes.values())) {
      remove(remote, channel, relay);
    }
    if (relay.wantsNothing()) {
      relays.remove(relay.url());
      relay.close("no channel is left");
      events.relayState(relay.url().url(), false, "not needed");
    }
  }

  /** Returns whether the number was a relay link's. */
  boolean send(long link, Bytes frame) {
    Remote remote = byLink.get(link);
    if (remote == null) {
      return false;
    }
    for (Set<RelayClient> some : remote.where.values()) {
      for (RelayClient relay : some) {
        if (relay.isUp()) {
          relay.send(new RelayMessage.SendTo(remote.key, frame));
          return true;
        }
      }
    }
    return true;
  }

  void publish(ChannelId channel, Bytes frame) {
    for (RelayClient relay : relays.values()) {
      if (relay.isIn(channel)) {
        relay.send(new RelayMessage.Publish(channel, frame));
      }
    }
  }

  /** Drops what still comes from the remote until it left; returns whether it was a relay link. */
  boolean close(long link) {
    Remote remote = byLink.get(link);
    if (remote == null) {
      return false;
    }
    remote.muted = true;
    return true;
  }

  void closeAll(String reason) {
    relays.values().forEach(relay -> relay.close(reason));
    relays.clear();
  }

  @Override
  public void relayState(RelayClient relay, boolean up, String reason) {
    events.relayState(relay.url().url(), up, reason);
  }

  @Override
  public void members(RelayClient relay, ChannelId channel, List<PublicKey> others) {
    Set<PublicKey> present = new LinkedHashSet<>(others);
    for (Remote remote : List.copyOf(remotes.values())) {
      if (!present.contains(remote.key)) {
        remove(remote, channel, relay);
      }
    }
    others.forEach(other -> joined(relay, channel, other));
  }

  @Override
  public void joined(RelayClient relay, ChannelId channel, PublicKey member) {
    if (member.equals(options.identity().key())) {
      return;
    }
    @Nullable Remote known = remotes.get(member);
    Remote remote = known == null ? up(member) : known;
    Set<RelayClient> some = remote.where.computeIfAbsent(channel, c -> new LinkedHashSet<>());
    if (some.add(relay) && some.size() == 1) {
      events.memberJoined(remote.link, channel);
    }
  }

  private Remote up(PublicKey member) {
    Remote remote = new Remote(numbers.getAsLong(), member);
    remotes.put(member, remote);
    byLink.put(remote.link, remote);
    events.linkUp(remote.link, member, LinkKind.RELAY, false);
    return remote;
  }

  @Override
  public void left(RelayClient relay, ChannelId channel, PublicKey member) {
    @Nullable Remote remote = remotes.get(member);
    if (remote != null) {
      remove(remote, channel, relay);
    }
  }

  private void remove(Remote remote, ChannelId channel, RelayClient relay) {
    @Nullable Set<RelayClient> some = remote.where.get(channel);
    if (some == null || !some.remove(relay) || !some.isEmpty()) {
      return;
    }
    remote.where.remove(channel);
    events.memberLeft(remote.link, channel);
    if (remote.where.isEmpty()) {
      remotes.remove(remote.key);
      byLink.remove(remote.link);
      events.linkDown(remote.link, "in no channel of ours any longer");
    }
  }

  @Override
  public void frame(PublicKey from, Bytes frame, Runnable taken) {
    @Nullable Remote remote = remotes.get(from);
    if (remote == null || remote.muted) {
      taken.run();
      return;
    }
    events.frameArrived(remote.link, frame, taken);
  }

  @Override
  public void lost(RelayClient relay) {
    for (Remote remote : List.copyOf(remotes.values())) {
      for (ChannelId channel : List.copyOf(remote.where.keySet())) {
        remove(remote, channel, relay);
      }
    }
  }
}
