// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.ForkProof;
import org.myrhiza.instance.Received;
import org.myrhiza.log.Examined;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.Offer;
import org.myrhiza.log.Source;
import org.myrhiza.sync.Audience;
import org.myrhiza.sync.LinkAccount;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Offence;
import org.myrhiza.sync.SyncPort;
import org.myrhiza.sync.TopicSync;
import org.myrhiza.testkit.graph.Deliveries;

/**
 * Logs that sync with each other, without kernels and without signatures: one message after the
 * other, as bytes, and time that passes when nothing is left to say.
 */
public final class SyncNet {
  private final List<Node> nodes = new ArrayList<>();
  private final ArrayDeque<Parcel> under = new ArrayDeque<>();
  private final TreeMap<Long, List<Runnable>> timers = new TreeMap<>();
  private long now;

  private record Parcel(int from, int to, Bytes message) {}

  /** Makes a network without nodes. */
  public SyncNet() {}

  /** What becomes of the messages of a node on their way. */
  @FunctionalInterface
  public interface Tamper {
    /** Returns what arrives, null for nothing. */
    @Nullable Message change(int to, Message message);
  }

  /** Adds a node; its number, from 0, is how the others name their link to it. */
  public Node add(Log log) {
    Node node = new Node(nodes.size(), log);
    nodes.add(node);
    return node;
  }

  /** Links two nodes. */
  public void link(Node one, Node other) {
    one.sync.peerUp(other.number);
    other.sync.peerUp(one.number);
  }

  /** Says something in the name of a node. */
  public void say(Node from, Node to, Message message) {
    under.add(new Parcel(from.number, to.number, Message.CODEC.encode(message)));
  }

  /** Delivers everything that is said within a time. */
  public void run(long millis) {
    long end = now + millis;
    deliver();
    while (!timers.isEmpty() && timers.firstKey() <= end) {
      var next = timers.pollFirstEntry();
      now = next.getKey();
      next.getValue().forEach(Runnable::run);
      deliver();
    }
    now = end;
  }

  private void deliver() {
    while (!under.isEmpty()) {
      Parcel parcel = under.removeFirst();
      Node to = nodes.get(parcel.to);
      to.take(parcel.from, Message.CODEC.decode(parcel.message).orThrow());
    }
  }

  /** One log, its sync, and what it heard. */
  public final class Node implements SyncPort {
    private final int number;
    private final Log log;
    private final TopicSync sync = new TopicSync(this);
    private final TreeMap<Long, LinkAccount> accounts = new TreeMap<>();
    private final TreeMap<String, Integer> heard = new TreeMap<>();
    private Tamper tamper = (to, message) -> message;
    private int wanted = org.myrhiza.sync.Limits.PAGE_EVENTS;
    private int duplicates;
    private int events;
    private final TreeMap<String, Long> bytes = new TreeMap<>();

    private Node(int number, Log log) {
      this.number = number;
      this.log = log;
    }

    private void take(int from, Message message) {
      heard.merge(from + " " + message.getClass().getSimpleName(), 1, Integer::sum);
      sync.handle(from, message);
    }

    /** Its number. */
    public int number() {
      return number;
    }

    /** Its sync. */
    public TopicSync sync() {
      return sync;
    }

    /** From now on this becomes of what it says. */
    public void tamper(Tamper next) {
      tamper = next;
    }

    /** How many events its next pull may bring. */
    public void wanted(int most) {
      wanted = most;
      sync.pump();
    }

    /** How many messages of a kind it heard from a node. */
    public int heard(Node from, String kind) {
      return heard.getOrDefault(from.number + " " + kind, 0);
    }

    /** Events it was brought that it knew already. */
    public int duplicates() {
      return duplicates;
    }

    /** Events it was brought. */
    public int events() {
      return events;
    }

    /** Bytes of what it said, by kind of message. */
    public SortedMap<String, Long> bytes() {
      return bytes;
    }

    /** Points that a node has cost its link here. */
    public int points(Node of) {
      LinkAccount account = accounts.get((long) of.number);
      return account == null ? 0 : account.points();
    }

    /** Why it was charged the last time. */
    public String reason(Node of) {
      LinkAccount account = accounts.get((long) of.number);
      return account == null ? "" : account.lastReason();
    }

    @Override
    public long nowMillis() {
      return now;
    }

    @Override
    public int random(int bound) {
      return number * 7 % bound;
    }

    @Override
    public void send(long link, Message message) {
      Message changed = tamper.change((int) link, message);
      if (changed != null) {
        Bytes encoded = Message.CODEC.encode(changed);
        bytes.merge(changed.getClass().getSimpleName(), (long) encoded.size(), Long::sum);
        under.add(new Parcel(number, (int) link, encoded));
      }
    }

    @Override
    public void sendAtOnce(long link, Message message) {
      send(link, message);
    }

    @Override
    public void whenPersisted(Runnable then) {
      then.run();
    }

    @Override
    public void publish(Message message, Audience audience) {
      audience.direct().forEach(link -> send(link, message));
    }

    @Override
    public boolean isDirect(long link) {
      return true;
    }

    @Override
    public void timer(long atMillis, Runnable then) {
      timers.computeIfAbsent(atMillis, _ -> new ArrayList<>()).add(then);
    }

    @Override
    public void charge(long link, Offence offence, String reason) {
      accounts.computeIfAbsent(link, _ -> new LinkAccount()).charge(offence, reason);
    }

    @Override
    public Log log() {
      return log;
    }

    @Override
    public void withBytes(List<LogEntry> entries, Consumer<List<Event>> then) {
      List<Event> events = new ArrayList<>();
      entries.forEach(entry -> events.add(Deliveries.event(log, entry)));
      then.accept(events);
    }

    @Override
    public void receive(Event event, long link, Consumer<Received> then) {
      events++;
      then.accept(
          switch (log.examine(event)) {
            case Examined.Fresh fresh ->
                switch (log.offer(fresh.candidate(), new Source(link))) {
                  case Offer.Placed placed -> new Received.Placed(placed.events());
                  case Offer.Known known -> known();
                  case Offer.Waiting waiting -> new Received.Waiting();
                  case Offer.Bad bad -> new Received.Refused();
                };
            case Examined.Known known -> known();
            case Examined.Bad bad -> new Received.Refused();
          });
    }

    private Received known() {
      duplicates++;
      return new Received.Known();
    }

    @Override
    public void receive(ForkProof proof, long link) {
      log.learn(proof);
    }

    @Override
    public int wanted() {
      return wanted;
    }

    @Override
    public boolean serves() {
      return true;
    }

    @Override
    public @Nullable Bytes bundleFile() {
      return null;
    }

    @Override
    public void syncChanged() {}
  }
}
