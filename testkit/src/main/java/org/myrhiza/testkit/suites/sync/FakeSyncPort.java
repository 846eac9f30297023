// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.ForkProof;
import org.myrhiza.event.TopicId;
import org.myrhiza.instance.Received;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.sync.Audience;
import org.myrhiza.sync.LinkAccount;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Offence;
import org.myrhiza.sync.SyncPort;
import org.myrhiza.testkit.graph.Deliveries;

/** Surroundings that write down what sync does, with a log that stays as it is. */
final class FakeSyncPort implements SyncPort {
  final List<String> sent = new ArrayList<>();
  final TreeMap<Long, LinkAccount> accounts = new TreeMap<>();
  final List<Message> messages = new ArrayList<>();
  final List<ForkProof> proved = new ArrayList<>();
  private final TreeMap<Long, List<Runnable>> timers = new TreeMap<>();
  Log log = Log.empty(TopicId.NONE);
  private long now;
  int wanted = 256;

  /** Whether links are direct ones. */
  boolean direct;

  /** What becomes of every event. */
  Received received = new Received.Refused();

  @Override
  public long nowMillis() {
    return now;
  }

  @Override
  public int random(int bound) {
    return 0;
  }

  @Override
  public void send(long link, Message message) {
    sent.add(link + " " + message.getClass().getSimpleName());
    messages.add(message);
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
    sent.add(audience.direct() + " " + message.getClass().getSimpleName());
    messages.add(message);
  }

  @Override
  public void withBytes(List<LogEntry> entries, Consumer<List<Event>> then) {
    List<Event> events = new ArrayList<>();
    entries.forEach(entry -> events.add(Deliveries.event(log, entry)));
    then.accept(events);
  }

  @Override
  public boolean isDirect(long link) {
    return direct;
  }

  @Override
  public void timer(long atMillis, Runnable then) {
    timers.computeIfAbsent(atMillis, _ -> new ArrayList<>()).add(then);
  }

  void pass(long millis) {
    long end = now + millis;
    while (!timers.isEmpty() && timers.firstKey() <= end) {
      var next = timers.pollFirstEntry();
      now = next.getKey();
      next.getValue().forEach(Runnable::run);
    }
    now = end;
  }

  @Override
  public void charge(long link, Offence offence, String reason) {
    accounts.computeIfAbsent(link, _ -> new LinkAccount()).charge(offence, reason);
  }

  int points(long link) {
    LinkAccount account = accounts.get(link);
    return account == null ? 0 : account.points();
  }

  @Override
  public Log log() {
    return log;
  }

  @Override
  public void receive(Event event, long link, Consumer<Received> then) {
    then.accept(received);
  }

  @Override
  public void receive(ForkProof proof, long link) {
    proved.add(proof);
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

  List<String> takeSent() {
    List<String> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }
}
