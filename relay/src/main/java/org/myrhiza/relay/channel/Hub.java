// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.channel;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.frame.RefusalCode;
import org.myrhiza.frame.RelayMessage;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.relay.channel.RelayMetrics.Count;

/**
 * All members and all channels of one relay.
 *
 * <p>A channel's members are an array that is replaced as a whole, so publishing reads it without a
 * lock. Joining and leaving run inside the map's {@code compute} for that channel: notices reach
 * every member in one order, and a member hears of another before it hears from it.
 */
public final class Hub {
  private static final Member[] NOBODY = {};

  private final int mostChannels;
  private final int mostMembers;
  private final RelayMetrics metrics;
  private final ConcurrentHashMap<PublicKey, Member> members = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<ChannelId, Member[]> rooms = new ConcurrentHashMap<>();

  /**
   * Begins empty.
   *
   * @param mostChannels channels that one member may be in
   * @param mostMembers members that one channel may have
   * @param metrics counts frames
   */
  public Hub(int mostChannels, int mostMembers, RelayMetrics metrics) {
    this.mostChannels = mostChannels;
    this.mostMembers = mostMembers;
    this.metrics = metrics;
  }

  /** Lets a client in. An older connection of the same key is told and dropped. */
  public void enter(Member member) {
    @Nullable Member older = members.put(member.key, member);
    if (older != null) {
      leaveAll(older);
      older.outbox.drop(
          WebSocketCloseStatus.POLICY_VIOLATION, "replaced by a newer connection of the same key");
    }
  }

  /** Forgets a client whose connection ended. */
  public void exit(Member member) {
    members.remove(member.key, member);
    leaveAll(member);
  }

  /** Returns how many members there are. */
  public int size() {
    return members.size();
  }

  /** Returns how many channels have a member. */
  public int channels() {
    return rooms.size();
  }

  /** Puts a member into a channel, tells it who is there, and tells them; or says why not. */
  public Optional<RefusalCode> join(Member member, ChannelId channel) {
    if (!member.channels.contains(channel) && member.channels.size() >= mostChannels) {
      return Optional.of(RefusalCode.TOO_MANY_CHANNELS);
    }
    member.channels.add(channel);
    rooms.compute(channel, (id, room) -> joined(member, id, room == null ? NOBODY : room));
    if (isIn(member, channel) || member.gone) {
      return Optional.empty();
    }
    member.channels.remove(channel);
    return Optional.of(RefusalCode.CHANNEL_FULL);
  }

  private Member @Nullable [] joined(Member member, ChannelId channel, Member[] room) {
    boolean present = indexOf(room, member) >= 0;
    if (member.gone || (!present && room.length >= mostMembers)) {
      return room.length == 0 ? null : room;
    }
    List<PublicKey> others = new ArrayList<>(room.length);
    for (Member other : room) {
      if (other != member) {
        others.add(other.key);
      }
    }
    member.outbox.send(new RelayMessage.Members(channel, others));
    if (present) {
      return room;
    }
    share(Wire.of(new RelayMessage.MemberJoined(channel, member.key)), room, null);
    Member[] larger = Arrays.copyOf(room, room.length + 1);
    larger[room.length] = member;
    return larger;
  }

  /** Takes a member out of a channel and tells the others; nothing happens if it is not in it. */
  public void leave(Member member, ChannelId channel) {
    member.channels.remove(channel);
    rooms.computeIfPresent(channel, (id, room) -> left(member, id, room));
  }

  private Member @Nullable [] left(Member member, ChannelId channel, Member[] room) {
    int index = indexOf(room, member);
    if (index < 0) {
      return room;
    }
    if (room.length == 1) {
      return null;
    }
    Member[] smaller = new Member[room.length - 1];
    System.arraycopy(room, 0, smaller, 0, index);
    System.arraycopy(room, index + 1, smaller, index, smaller.length - index);
    share(Wire.of(new RelayMessage.MemberLeft(channel, member.key)), smaller, null);
    return smaller;
  }

  private void leaveAll(Member member) {
    member.gone = true;
    for (ChannelId channel : member.channels) {
      leave(member, channel);
    }
  }

  /** Gives a frame to all other members of a channel; reads it, keeps no reference to it. */
  public Optional<RefusalCode> publish(Member member, ChannelId channel, ByteBuf frame) {
    Member @Nullable [] room = rooms.get(channel);
    if (room == null || indexOf(room, member) < 0) {
      return Optional.of(RefusalCode.NOT_A_MEMBER);
    }
    metrics.count(Count.FRAMES_IN);
    metrics.count(Count.FRAMES_OUT, room.length - 1L);
    share(Wire.deliver(channel.bytes(), member.key.bytes(), frame), room, member);
    return Optional.empty();
  }

  /**
   * Gives a frame to one key that shares a channel; reads it, keeps no reference to it.
   *
   * @param whenBehind called when the receiver is behind: the returned task ends the wait
   */
  public Optional<RefusalCode> sendTo(
      Member member, PublicKey to, ByteBuf frame, Supplier<Runnable> whenBehind) {
    @Nullable Member target = members.get(to);
    if (target == null || target == member || !member.sharesChannelWith(target)) {
      return Optional.of(RefusalCode.NOT_REACHABLE);
    }
    metrics.count(Count.FRAMES_IN);
    metrics.count(Count.FRAMES_OUT);
    target.outbox.send(Wire.deliverDirect(member.key.bytes(), frame));
    if (!target.outbox.writable()) {
      target.outbox.whenWritable(whenBehind.get());
    }
    return Optional.empty();
  }

  private boolean isIn(Member member, ChannelId channel) {
    Member @Nullable [] room = rooms.get(channel);
    return room != null && indexOf(room, member) >= 0;
  }

  private static int indexOf(Member[] room, Member member) {
    for (int i = 0; i < room.length; i++) {
      if (room[i] == member) {
        return i;
      }
    }
    return -1;
  }

  /** Writes the same bytes to all but one, and gives up its own reference to them. */
  private static void share(ByteBuf wire, Member[] room, @Nullable Member except) {
    for (Member other : room) {
      if (other != except) {
        other.outbox.send(wire.retainedDuplicate());
      }
    }
    wire.release();
  }
}
