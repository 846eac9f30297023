// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.kernel.Input;
import org.myrhiza.kernel.LinkId;
import org.myrhiza.kernel.LinkKind;
import org.myrhiza.testkit.Seeded;

/**
 * One relay that every peer can reach, links that peers dial, and what may happen to frames on the
 * way.
 */
final class SimNetwork {
  private static final int MILLE = 1_000;

  private final SimClock clock;
  private final Seeded random;
  private final TreeMap<ChannelId, TreeSet<Integer>> members = new TreeMap<>();
  private final List<HashMap<Integer, End>> links = new ArrayList<>();
  private final HashMap<Long, End> byNumber = new HashMap<>();
  private final List<Member> all;
  private Faults faults = Faults.NONE;
  private LinkKind kind = LinkKind.RELAY;
  private long linkNumbers;
  private final Weather weather;
  private final DirectLinks direct;

  /** A link as one side sees it: what it sends goes out here, what it gets was sent there. */
  private static final class End {
    private final int at;
    private final int remote;
    private final LinkId id;

    /** Whether this side takes nothing more. */
    private boolean closed;

    /** When the last frame that is to keep its order arrives here. */
    private long lastArrival;

    private End(int at, int remote, LinkId id) {
      this.at = at;
      this.remote = remote;
      this.id = id;
    }
  }

  SimNetwork(SimClock clock, Seeded random, Weather weather, List<Member> all) {
    this.clock = clock;
    this.random = random;
    this.weather = weather;
    this.all = all;
    direct = new DirectLinks(clock, weather, random.fork("direct"), () -> ++linkNumbers);
  }

  /** The links that peers dial. */
  DirectLinks direct() {
    return direct;
  }

  /** Of what kind links are from now on. */
  void kind(LinkKind now) {
    kind = now;
  }

  void faults(Faults now) {
    faults = now;
  }

  void attach(Member peer, ChannelId channel) {
    TreeSet<Integer> there = members.computeIfAbsent(channel, _ -> new TreeSet<>());
    if (!there.add(peer.index())) {
      return;
    }
    List<LongFunction<Input>> met = new ArrayList<>();
    for (int other : there) {
      if (other != peer.index()) {
        met.addAll(meet(peer.index(), other, channel));
        all.get(other).later(meet(other, peer.index(), channel));
      }
    }
    peer.later(met);
  }

  private List<LongFunction<Input>> meet(int at, int remote, ChannelId channel) {
    List<LongFunction<Input>> told = new ArrayList<>();
    End known = end(at, remote);
    End end = known == null ? link(at, remote, told) : known;
    told.add(now -> new Input.MemberJoined(now, end.id, channel));
    return told;
  }

  private End link(int at, int remote, List<LongFunction<Input>> told) {
    linkNumbers++;
    End end = new End(at, remote, new LinkId(linkNumbers));
    linksOf(at).put(remote, end);
    byNumber.put(linkNumbers, end);
    PublicKey other = all.get(remote).transport();
    LinkKind of = kind;
    told.add(now -> new Input.LinkUp(now, end.id, other, of, false));
    return end;
  }

  /** The links of one side by the other. */
  private Map<Integer, End> linksOf(int at) {
    while (links.size() <= at) {
      links.add(new HashMap<>());
    }
    return links.get(at);
  }

  private @Nullable End end(int at, int remote) {
    return linksOf(at).get(remote);
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
    End end = end(at, remote);
    if (end == null) {
      return;
    }
    List<LongFunction<Input>> told = new ArrayList<>();
    told.add(now -> new Input.MemberLeft(now, end.id, channel));
    boolean common =
        members.values().stream().anyMatch(in -> in.contains(at) && in.contains(remote));
    if (!common) {
      linksOf(at).remove(remote);
      byNumber.remove(end.id.number());
      told.add(now -> new Input.LinkDown(now, end.id, "no common channel"));
    }
    all.get(at).later(told);
  }

  /** The link to a remote as one side numbers it; -1 when there is none. */
  long link(int at, int remote) {
    End end = end(at, remote);
    return end == null ? -1 : end.id.number();
  }

  /** A peer is gone without a word. */
  void crashed(Member peer) {
    for (ChannelId channel : new ArrayList<>(members.keySet())) {
      detach(peer, channel);
    }
  }

  void close(Member peer, LinkId link) {
    direct.end(link, "it was closed");
    End end = byNumber.get(link.number());
    if (end != null && end.at == peer.index()) {
      end.closed = true;
    }
  }

  void send(Member from, LinkId link, Bytes frame) {
    direct.send(link, frame);
    End end = byNumber.get(link.number());
    if (end != null && end.at == from.index()) {
      carry(end.at, end.remote, frame);
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

  /** Brings a frame that no kernel sent; nothing is lost on its way. */
  void inject(int from, int to, Bytes frame) {
    deliver(from, to, frame);
  }

  /** Whether what one says can still reach the other: it has not closed their link. */
  boolean reaches(int from, int to) {
    End end = end(to, from);
    return end != null && !end.closed;
  }

  private void carry(int from, int to, Bytes frame) {
    if (!reaches(from, to)
        || weather.parts(from, to)
        || random.chance(faults.lossPerMille(), MILLE)
        || weather.strikes(FaultKind.LOSS)) {
      return;
    }
    deliver(from, to, frame);
    if (random.chance(faults.duplicatePerMille(), MILLE) || weather.strikes(FaultKind.DUPLICATE)) {
      deliver(from, to, frame);
    }
  }

  /** Frames of one sender keep their order, but for those that a fault holds back. */
  private void deliver(int from, int to, Bytes frame) {
    End end = end(to, from);
    if (end == null) {
      return;
    }
    long arrives = clock.now() + 1 + random.nextInt(faults.delayMillis()) + weather.delayMillis();
    if (weather.strikes(FaultKind.REORDER)) {
      arrives += weather.heldMillis();
    } else if (faults.inOrder()) {
      arrives = Math.max(arrives, end.lastArrival);
      end.lastArrival = arrives;
    }
    clock.at(arrives, () -> arrive(from, to, frame));
  }

  private void arrive(int from, int to, Bytes frame) {
    End end = end(to, from);
    if (end != null) {
      all.get(to).tell(now -> new Input.FrameArrived(now, end.id, frame));
    }
  }
}
