// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.Event;
import org.myrhiza.event.ForkProof;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.frame.Opened;
import org.myrhiza.frame.Opening;
import org.myrhiza.frame.Sealing;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignedClaim;
import org.myrhiza.instance.App;
import org.myrhiza.instance.Instance;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.Outside;
import org.myrhiza.instance.Received;
import org.myrhiza.instance.Tuning;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.state.StoreWrite;
import org.myrhiza.sync.Audience;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Offence;
import org.myrhiza.sync.SyncPort;
import org.myrhiza.sync.TopicSync;

/**
 * One topic in a kernel: its instance, its sync, and the sealing of its frames. Nothing of one room
 * reaches another: each has its own log, state, secret and app.
 */
final class Room implements Outside, SyncPort {
  /** How far a room has come. */
  enum Phase {
    /** Waits for the genesis, which names the bundle. */
    GENESIS,
    /** Fetches, checks and asks about the bundle. */
    BUNDLE,
    /** Runs, and is in the store. */
    LIVE,
    /** Is gone. */
    LEFT
  }

  private final House house;
  private final RoomPass pass;
  private final Instance instance;
  private final TopicSync sync;
  private final Sealing sealing;
  private final Opening opening;
  private final List<Waiter> waiters = new ArrayList<>();
  private RoomRecord record;
  private Phase phase = Phase.GENESIS;
  private boolean dirty;
  private long shownMillis;
  private boolean wasHere;
  private boolean damaged;
  private Consumer<ChunkArrived> chunks = chunk -> {};

  /** A piece of a bundle that arrived over a link. */
  record ChunkArrived(long link, Message.BundleChunk chunk) {}

  private record Waiter(Runnable then, Condition condition) {}

  /** What a waiter waits for. */
  interface Condition {
    boolean holds();
  }

  Room(House house, RoomRecord record) {
    this.house = house;
    this.record = record;
    pass = new RoomPass(house, this);
    var way = record.way();
    Tuning tuning = house.settings().tuning();
    instance = new Instance(record.topic(), house.self(), this, house.ports().verifier(), tuning);
    sync = new TopicSync(this);
    sealing =
        new Sealing(
            house.ports().aead(),
            way.secret(),
            way.epoch(),
            house.settings().keys().transport(),
            house.randomness().bytes(House.SESSION_BYTES));
    opening = new Opening(house.ports().aead(), way.secret(), way.epoch());
  }

  RoomRecord record() {
    return record;
  }

  /** Replaces the record, once more is known; the caller writes it. */
  void record(RoomRecord known) {
    record = known;
  }

  /** Ends its restore: from now on it lives, as before the start. */
  void restored() {
    wasHere = true;
    instance.restored();
  }

  /**
   * Its records cannot be read: it says so, and takes and serves nothing, since what it took it
   * could not keep.
   */
  void damaged(String what) {
    damaged = true;
    instance.stop(Refusals.damaged(what).message());
  }

  /** Whether it takes part in what its members say to each other. */
  boolean takesPart() {
    return !damaged;
  }

  /** This installation writes under a new key from now on. */
  void renewed() {
    instance.become(house.self());
  }

  Instance instance() {
    return instance;
  }

  TopicSync sync() {
    return sync;
  }

  Phase phase() {
    return phase;
  }

  void phase(Phase next) {
    phase = next;
    dirty = true;
  }

  ChannelId channel() {
    return sealing.channel();
  }

  /** Who gets the pieces of a bundle while one is fetched. */
  void onChunks(Consumer<ChunkArrived> taker) {
    chunks = taker;
  }

  /** Runs something once, as soon as a condition holds at the end of a turn. */
  void when(Condition condition, Runnable then) {
    waiters.add(new Waiter(then, condition));
  }

  /** Runs the waiters whose condition holds. */
  void wake() {
    if (waiters.isEmpty()) {
      return;
    }
    for (Waiter waiter : List.copyOf(waiters)) {
      if (waiter.condition().holds() && waiters.remove(waiter)) {
        waiter.then().run();
      }
    }
  }

  /** Takes a frame of this room's channel. */
  void frame(Link link, Bytes frame) {
    if (damaged) {
      return;
    }
    switch (opening.open(frame)) {
      case Opened.Plain plain when !plain.sender().equals(link.remote) ->
          charge(link.id.number(), Offence.UNOPENABLE, "a frame that names another sender");
      case Opened.Plain plain -> message(link.id.number(), plain.plaintext());
      case Opened.Refused refused -> {
        switch (refused.reason()) {
          case MALFORMED, NOT_AUTHENTIC ->
              charge(link.id.number(), Offence.UNOPENABLE, refused.detail());
          case OTHER_CHANNEL, OTHER_EPOCH, REPLAYED, TOO_OLD -> {}
        }
      }
    }
  }

  private void message(long link, Bytes plaintext) {
    switch (Message.CODEC.decode(plaintext)) {
      case Decoded.Bad<Message> bad -> charge(link, Offence.MALFORMED, bad.malformed().message());
      case Decoded.Ok<Message> ok -> {
        sync.handle(link, ok.value());
        if (ok.value() instanceof Message.BundleChunk chunk) {
          chunks.accept(new ChunkArrived(link, chunk));
        }
      }
    }
  }

  /** Pushes what was authored since the last turn; it leaves with the batch that carries it. */
  void push() {
    List<Event> events = instance.takeAuthored();
    List<ForkProof> proofs = instance.takeProofs();
    if (phase == Phase.LIVE) {
      sync.push(events);
      sync.prove(proofs);
    }
  }

  /** How it stands now. */
  InstanceStatus status() {
    return RoomStatus.of(this, house);
  }

  /**
   * Whether the status may have changed since the last call and is to be shown: at once, but for a
   * room with much to do, whose digest changes faster than anyone could look.
   */
  boolean takeDirty() {
    long since = nowMillis() - shownMillis;
    boolean busy = !instance.isQuiet() && !instance.isStopped();
    if (!dirty || (busy && since >= 0 && since < Limits.SHOW_MILLIS)) {
      return false;
    }
    dirty = false;
    shownMillis = nowMillis();
    return phase == Phase.LIVE;
  }

  @Override
  public long nowMillis() {
    return house.outbox().now();
  }

  @Override
  public int random(int bound) {
    return house.randomness().below(bound);
  }

  @Override
  public void send(long link, Message message) {
    Optional<Effect> sent = toSend(link, message);
    sent.ifPresent(effect -> whenPersisted(() -> house.outbox().emit(effect)));
  }

  @Override
  public void sendAtOnce(long link, Message message) {
    toSend(link, message).ifPresent(house.outbox()::emit);
  }

  private Optional<Effect> toSend(long link, Message message) {
    Link to = house.links().get(link);
    return to == null || !to.isOpen()
        ? Optional.empty()
        : Optional.of(new Effect.Send(to.id, sealing.seal(Message.CODEC.encode(message))));
  }

  @Override
  public void publish(Message message, Audience audience) {
    boolean relayed = isForRelays(audience.source());
    if (!relayed && audience.direct().isEmpty()) {
      return;
    }
    Bytes frame = sealing.seal(Message.CODEC.encode(message));
    for (long number : audience.direct()) {
      Link link = house.links().get(number);
      if (link != null && link.isOpen()) {
        whenPersisted(() -> house.outbox().emit(new Effect.Send(link.id, frame)));
      }
    }
    if (relayed) {
      whenPersisted(() -> house.outbox().emit(new Effect.Publish(channel(), frame)));
    }
  }

  /** Whether members of relays do not have what a link brought. */
  private boolean isForRelays(long number) {
    Link source = house.links().get(number);
    if (number != Audience.HERE && (source == null || source.kind == LinkKind.RELAY)) {
      return false;
    }
    boolean relayed = false;
    for (long other : sync.links()) {
      Link link = house.links().get(other);
      if (link != null && link.isOpen() && link.kind == LinkKind.RELAY) {
        if (source != null && link.remote.equals(source.remote)) {
          return false;
        }
        relayed = true;
      }
    }
    return relayed;
  }

  @Override
  public boolean isDirect(long number) {
    Link link = house.links().get(number);
    return link != null && link.kind == LinkKind.QUIC;
  }

  @Override
  public void timer(long atMillis, Runnable then) {
    house
        .outbox()
        .timer(
            atMillis,
            () -> {
              if (phase != Phase.LEFT) {
                then.run();
              }
            });
  }

  @Override
  public void charge(long link, Offence offence, String reason) {
    house.links().charge(link, offence, reason);
  }

  @Override
  public Log log() {
    return instance.log();
  }

  @Override
  public void receive(Event event, long link, Consumer<Received> then) {
    instance.receive(event, link, then);
  }

  @Override
  public void receive(ForkProof proof, long link) {
    instance.receive(proof, link);
  }

  @Override
  public int wanted() {
    return switch (phase) {
      case GENESIS -> 1;
      case BUNDLE, LEFT -> 0;
      case LIVE -> org.myrhiza.sync.Limits.PAGE_EVENTS;
    };
  }

  @Override
  public boolean serves() {
    return phase == Phase.LIVE;
  }

  @Override
  public @Nullable Bytes bundleFile() {
    Library.Installed installed = house.library().get(record.bundle());
    return phase != Phase.LIVE || installed == null ? null : installed.file();
  }

  @Override
  public void syncChanged() {
    dirty = true;
  }

  @Override
  public void verify(SignedClaim claim, Consumer<Boolean> then) {
    house.outbox().verify(claim, then);
  }

  @Override
  public void signAsUser(Bytes message, Consumer<Optional<Signature>> then) {
    house.outbox().sign(KeyRole.LONG_TERM, message, then);
  }

  @Override
  public void signAsInstance(Bytes message, Consumer<Optional<Signature>> then) {
    house.outbox().sign(KeyRole.INSTANCE, message, then);
  }

  @Override
  public RoomPass pass() {
    return pass;
  }

  @Override
  public boolean awaitsKey() {
    return house.ownKey().isRenewing();
  }

  /** A topic that was left and is joined again brings own events, and that is no surprise. */
  @Override
  public void spent() {
    house.ownKey().spent(wasHere || instance.hasAuthored() ? Refusals.copied() : "");
  }

  @Override
  public boolean mayBeBehind(PublicKey own) {
    return sync.claims(own) || (wasHere && !house.isClean() && !sync.hasHeard());
  }

  @Override
  public boolean isSynced() {
    return sync.isSynced();
  }

  @Override
  public void prepare(App.Module code, Consumer<Optional<String>> then) {
    house.outbox().prepare(code, then);
  }

  @Override
  public void write(StoreWrite write) {
    if (phase == Phase.LEFT) {
      return;
    }
    Bytes value = write.value();
    house
        .outbox()
        .write(value == null ? new Write.Delete(write.key()) : new Write.Put(write.key(), value));
  }

  @Override
  public void read(List<Bytes> keys, Consumer<List<StoreWrite>> found, Consumer<String> failed) {
    house
        .outbox()
        .read(
            keys,
            answer -> {
              switch (answer) {
                case Input.Loaded gone when phase == Phase.LEFT -> failed.accept("it was left");
                case Input.Loaded loaded -> found.accept(writes(loaded.entries()));
                case Input.LoadFailed failure -> failed.accept(failure.reason());
                default -> failed.accept("no answer");
              }
            });
  }

  private static List<StoreWrite> writes(List<StoreEntry> entries) {
    List<StoreWrite> writes = new ArrayList<>();
    for (StoreEntry entry : entries) {
      writes.add(new StoreWrite(entry.key(), entry.value()));
    }
    return writes;
  }

  @Override
  public void withBytes(List<LogEntry> entries, Consumer<List<Event>> then) {
    instance.withBytes(
        entries,
        found -> {
          List<Event> events = new ArrayList<>();
          found.forEach(one -> events.add(one.event()));
          then.accept(events);
        });
  }

  @Override
  public void beforePersist(Runnable then) {
    house.outbox().beforePersist(then);
  }

  @Override
  public void whenPersisted(Runnable then) {
    house.outbox().whenPersisted(then);
  }

  @Override
  public boolean isUp(long number) {
    Link link = house.links().get(number);
    return link != null && link.isOpen();
  }

  @Override
  public void badEvent(long link, String reason) {
    charge(link, Offence.BAD_EVENT, reason);
  }

  @Override
  public void evicted(long link) {
    charge(link, Offence.EVICTED, "too many events without their past");
  }

  @Override
  public void changed() {
    dirty = true;
  }
}
