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
  private Faults faults = Faults.NONE;
  private long linkNumbers;
  private final TreeMap<Long, Pair> ends = new TreeMap<>();
  private final TreeSet<Pair> cut = new TreeSet<>();
  private final TreeMap<Pair, Long> lastArrivals = new TreeMap<>();
  private final Weather weather;

  /** A link as one side sees it. */
  private record Pair(int from, int to) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      int byFrom = Integer.compare(from, other.from);
      return byFrom != 0 ? byFrom : Integer.compare(to, other.to);
    }
  }

  SimNetwork(SimClock clock, Seeded random, Weather weather, List<Member> all) {
    this.clock = clock;
    this.random = random;
    this.weather = weather;
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
      ends.put(linkNumbers, pair);
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
      ends.remove(number);
      cut.remove(new Pair(remote, at));
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
    Pair pair = ends.get(link.number());
    if (pair != null && pair.from() == peer.index()) {
      cut.add(new Pair(pair.to(), pair.from()));
    }
  }

  void send(Member from, LinkId link, Bytes frame) {
    Pair pair = ends.get(link.number());
    if (pair != null && pair.from() == from.index()) {
      carry(pair, frame);
    }
  }

  void publish(Member from, ChannelId channel, Bytes frame) {
    TreeSet<Integer> there = members.getOrDefault(channel, new TreeSet<>());
    if (there.contains(from.index())) {
      for (int other : there) {
        if (other != from.index()) {
          carry(new Pair(from.index(), other), frame);
        }
      }
    }
  }

  /** Brings a frame that no kernel sent; nothing is lost on its way. */
  void inject(int from, int to, Bytes frame) {
    deliver(new Pair(from, to), frame);
  }

  /** Whether what one says can still reach the other: it has not closed their link. */
  boolean reaches(int from, int to) {
    return links.containsKey(new Pair(to, from)) && !cut.contains(new Pair(from, to));
  }

  private void carry(Pair way, Bytes frame) {
    if (cut.contains(way)
        || weather.parts(way.from(), way.to())
        || random.chance(faults.lossPerMille(), MILLE)
        || weather.strikes(FaultKind.LOSS)) {
      return;
    }
    deliver(way, frame);
    if (random.chance(faults.duplicatePerMille(), MILLE) || weather.strikes(FaultKind.DUPLICATE)) {
      deliver(way, frame);
    }
  }

  /** Frames of one sender keep their order, but for those that a fault holds back. */
  private void deliver(Pair way, Bytes frame) {
    long arrives = clock.now() + 1 + random.nextInt(faults.delayMillis()) + weather.delayMillis();
    if (weather.strikes(FaultKind.REORDER)) {
      arrives += weather.heldMillis();
    } else if (faults.inOrder()) {
      arrives = Math.max(arrives, lastArrivals.getOrDefault(way, 0L));
      lastArrivals.put(way, arrives);
    }
    clock.at(arrives, () -> arrive(way, frame));
  }

  private void arrive(Pair way, Bytes frame) {
    Long number = links.get(new Pair(way.to(), way.from()));
    if (number != null) {
      LinkId link = new LinkId(number);
      all.get(way.to()).tell(now -> new Input.FrameArrived(now, link, frame));
    }
  }
}
