// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventHeader;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.Join;
import org.myrhiza.event.Place;
import org.myrhiza.event.TopicId;
import org.myrhiza.event.TopicPolicy;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Secret;
import org.myrhiza.identity.Signature;
import org.myrhiza.jvm.keys.SigningKey;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.Tip;

/**
 * A chat of two authors who take turns: a genesis, a join, and messages of 120 bytes, all signed,
 * in a file. Each event cites the one before it, so the event at a position has that depth less
 * one.
 */
final class PreparedChat implements AutoCloseable {
  /** Bytes of one message's text. */
  static final int MESSAGE_BYTES = 120;

  /** Events beside the messages: genesis and join. */
  static final int FIRST = 2;

  private static final int SAY = 1;
  private static final int FORMAT = 0;
  private static final int TABLE = 0;
  private static final long BEGIN = 1_760_000_000_000L;
  private static final long QUOTA_BYTES = 4L << 30;
  private static final long QUOTA_KEYS = 10_000_000;
  private static final int TOLD_EVERY = 100_000;

  private final RandomAccessFile file;
  private final Author[] authors = {new Author(1), new Author(2)};
  private final byte[] seed;
  private long[] offsets = new long[1 << 10];
  private EventId[] ids = new EventId[1 << 10];
  private int size;
  private TopicId topic = TopicId.NONE;

  /** A key, and the end of its chain. */
  private static final class Author {
    private final SigningKey key;
    private long seq;
    private Optional<EventId> last = Optional.empty();

    Author(int number) {
      byte[] bytes = new byte[org.myrhiza.identity.Limits.SEED_BYTES];
      Arrays.fill(bytes, (byte) number);
      key = SigningKey.of(Secret.adopt(bytes));
    }
  }

  private PreparedChat(RandomAccessFile file, byte[] seed) {
    this.file = file;
    this.seed = seed;
  }

  /**
   * Signs so many messages.
   *
   * @param number tells this chat from others of the same authors
   */
  static PreparedChat write(
      Path path, Bundle chat, int number, int messages, Consumer<String> progress) throws Refused {
    try {
      byte[] seed = new byte[org.myrhiza.event.Limits.SEED_BYTES];
      seed[0] = (byte) number;
      PreparedChat made = new PreparedChat(new RandomAccessFile(path.toFile(), "rw"), seed);
      made.begin(chat);
      for (int i = 0; i < messages; i++) {
        if (i > 0 && i % TOLD_EVERY == 0) {
          progress.accept("signed " + i + " of " + messages + " messages");
        }
        made.message(i);
      }
      return made;
    } catch (IOException failed) {
      throw new Refused("no file for the events", failed);
    }
  }

  private void begin(Bundle chat) throws IOException {
    TopicPolicy open = TopicPolicy.open(founder());
    TopicPolicy wide =
        new TopicPolicy(
            open.admission(),
            open.fencers(),
            open.upgraders(),
            open.admitters(),
            open.read(),
            QUOTA_BYTES,
            QUOTA_KEYS);
    Bytes name = Bytes.EMPTY;
    Genesis genesis =
        new Genesis(
            chat.id(), Bytes.adopt(seed), "bench", wide, FORMAT, TABLE, name, Optional.empty());
    append(0, EventKind.GENESIS, Genesis.CODEC.encode(genesis), List.of());
    Join join = new Join(Optional.empty(), Optional.empty());
    append(1, EventKind.JOIN, Join.CODEC.encode(join), List.of(ids[0]));
  }

  private void message(int number) throws IOException {
    String begun = "message " + number + " of a chat that was made to be measured ";
    String text = begun + "x".repeat(MESSAGE_BYTES - begun.length());
    Bytes payload = new AppPayload(SAY, Utf8.encode(text)).encode();
    append(number % 2, EventKind.APP, payload, List.of(ids[size - 1]));
  }

  private void append(int by, EventKind kind, Bytes payload, List<EventId> cited)
      throws IOException {
    Author author = authors[by];
    List<EventId> deps = cited.stream().filter(id -> !author.last.equals(Optional.of(id))).toList();
    EventHeader header =
        new EventHeader(
            topic,
            author.key.key(),
            ++author.seq,
            author.last,
            deps,
            new Clock(BEGIN + size, 0),
            kind,
            payload.size(),
            EventHeader.payloadHash(payload));
    Signature signature = author.key.sign(header.id().bytes());
    Event event = Event.of(header, payload, signature);
    author.last = Optional.of(event.id());
    topic = event.topic();
    store(event);
  }

  private void store(Event event) throws IOException {
    if (size + 1 >= offsets.length) {
      offsets = Arrays.copyOf(offsets, offsets.length * 2);
      ids = Arrays.copyOf(ids, ids.length * 2);
    }
    byte[] encoded = event.encode().toArray();
    file.seek(offsets[size]);
    file.write(encoded);
    ids[size] = event.id();
    size++;
    offsets[size] = offsets[size - 1] + encoded.length;
  }

  TopicId topic() {
    return topic;
  }

  /** The long-term key that signed the genesis. */
  PublicKey founder() {
    return authors[0].key.key();
  }

  /** How many events there are. */
  int size() {
    return size;
  }

  /** Bytes of all events. */
  long bytes() {
    return offsets[size];
  }

  /** Reads events again, from a position up to and without another one. */
  synchronized List<Event> read(int from, int to) throws IOException {
    byte[] bytes = new byte[(int) (offsets[to] - offsets[from])];
    file.seek(offsets[from]);
    file.readFully(bytes);
    Bytes all = Bytes.adopt(bytes);
    List<Event> events = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      int begin = (int) (offsets[i] - offsets[from]);
      int end = (int) (offsets[i + 1] - offsets[from]);
      events.add(Event.CODEC.decode(all.slice(begin, end)).orThrow());
    }
    return events;
  }

  /** Where the event at a position stands in the canonical order. */
  Place place(int position) {
    PublicKey author = authors[authorOf(position)].key.key();
    return Place.of(topic, position + 1L, author, ids[position]);
  }

  private static int authorOf(int position) {
    return position % 2;
  }

  /** The ends of both chains. */
  Frontier frontier() {
    List<Tip> tips = new ArrayList<>();
    for (Author author : authors) {
      tips.add(new Tip(author.key.key(), author.seq, author.last.orElseThrow()));
    }
    tips.sort(null);
    return new Frontier(tips);
  }

  /** How many events somebody has who tells these ends. */
  int held(Frontier told) {
    long held = 0;
    for (Tip tip : told.tips()) {
      int author = tip.key().equals(authors[0].key.key()) ? 0 : 1;
      held = Math.max(held, 2 * (tip.seq() - 1) + author + 1);
    }
    return (int) held;
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException left) {
      throw new java.io.UncheckedIOException(left);
    }
  }
}
