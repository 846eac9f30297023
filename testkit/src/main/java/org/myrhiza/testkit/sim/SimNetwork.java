// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.kernel.Input;
import org.myrhiza.kernel.LinkId;
import org.myrhiza.kernel.LinkKind;
import org.myrhiza.testkit.Seeded;

/** One relay that every peer can reach, and what may happen to frames on the way. */
final class SimNetwork {
  private static final int MILLE = 1_000;

  private final SimClock clock;
  private final Seeded random;
  private final TreeMap<ChannelId, TreeSet<Integer>> members = new TreeMap<>();
  private final TreeMap<Pair, Long> links = new TreeMap<>();
  private final List<Member> all;
  private Faults faults;
  private long linkNumbers;
  private final TreeSet<Pair> cut = new TreeSet<>();

  /** A link as one side sees it. */
  private record Pair(int from, int to) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      int byFrom = Integer.compare(from, other.from);
      return byFrom != 0 ? byFrom : Integer.compare(to, other.to);
    }
  }

  SimNetwork(SimClock clock, Seeded random, Faults faults, List<Member> all) {
    this.clock = clock;
    this.random = random;
    this.faults = faults;
    this.all = all;
  }

  void faults(Faults now) {
    faults = now;
  }

  void attach(Member peer, ChannelId channel) {
    TreeSet<Integer> there = members.computeIfAbsent(channel, _ -> new TreeSet<>());
    if (!there.add(peer.index())) {
      return;
    }
    for (int other : there) {
      if (other != peer.index()) {
        meet(peer.index(), other, channel);
        meet(other, peer.index(), channel);
      }
    }
  }

  private void meet(int at, int remote, ChannelId channel) {
    Pair pair = new Pair(at, remote);
    Member peer = all.get(at);
    if (!links.containsKey(pair)) {
      linkNumbers++;
      links.put(pair, linkNumbers);
      LinkId link = new LinkId(linkNumbers);
      peer.later(
          now -> new Input.LinkUp(now, link, all.get(remote).transport(), LinkKind.RELAY, false));
    }
    LinkId link = new LinkId(links.get(pair));
    peer.later(now -> new Input.MemberJoined(now, link, channel));
  }

  void detach(Member peer, ChannelId channel) {
    TreeSet<Integer> there = members.get(channel);
    if (there == null || !there.remove(peer.index())) {
      return;
    }
    for (int other : there) {
      part(peer.index(), other, channel);
      part(other, peer.index(), channel);
    }
  }

  private void part(int at, int remote, ChannelId channel) {
    Long number = links.get(new Pair(at, remote));
    if (number == null) {
      return;
    }
    LinkId link = new LinkId(number);
    all.get(at).later(now -> new Input.MemberLeft(now, link, channel));
    boolean common =
        members.values().stream().anyMatch(in -> in.contains(at) && in.contains(remote));
    if (!common) {
      links.remove(new Pair(at, remote));
      all.get(at).later(now -> new Input.LinkDown(now, link, "no common channel"));
    }
  }

  /** The link to a remote as one side numbers it; -1 when there is none. */
  long link(int at, int remote) {
    Long number = links.get(new Pair(at, remote));
    return number == null ? -1 : number;
  }

  /** A peer is gone without a word. */
  void crashed(Member peer) {
    for (ChannelId channel : new ArrayList<>(members.keySet())) {
      detach(peer, channel);
    }
  }

  void close(Member peer, LinkId link) {
    for (var entry : links.entrySet()) {
      if (entry.getValue() == link.number()) {
        cut.add(new Pair(entry.getKey().to(), entry.getKey().from()));
      }
    }
  }

  void send(Member from, LinkId link, Bytes frame) {
    for (var entry : links.entrySet()) {
      if (entry.getValue() == link.number() && entry.getKey().from() == from.index()) {
        carry(from.index(), entry.getKey().to(), frame);
        return;
      }
    }
  }

  void publish(Member from, ChannelId channel, Bytes frame) {
    TreeSet<Integer> there = members.getOrDefault(channel, new TreeSet<>());
    if (there.contains(from.index())) {
      for (int other : there) {
        if (other != from.index()) {
          carry(from.index(), other, frame);
        }
      }
    }
  }

  void inject(int from, int to, Bytes frame) {
    deliver(from, to, frame);
  }

  private void carry(int from, int to, Bytes frame) {
    if (cut.contains(new Pair(from, to)) || random.chance(faults.lossPerMille(), MILLE)) {
      return;
    }
    deliver(from, to, frame);
    if (random.chance(faults.duplicatePerMille(), MILLE)) {
      deliver(from, to, frame);
    }
  }

  private void deliver(int from, int to, Bytes frame) {
    clock.after(
        1 + random.nextInt(faults.delayMillis()),
        () -> {
          Long number = links.get(new Pair(to, from));
          if (number != null) {
            Member peer = all.get(to);
            peer.tell(new Input.FrameArrived(clock.now(), new LinkId(number), frame));
          }
        });
  }
}
