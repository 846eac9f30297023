// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.TopicId;
import org.myrhiza.instance.Restoration;
import org.myrhiza.log.IndexReader;
import org.myrhiza.log.IndexRecords;

/**
 * The log and the results of one room at a start: from the index of its log, or, if there is none
 * that is whole, from all events and verdicts, after which the index is written anew. What is in
 * the index follows from those, so that nothing is lost with it.
 */
final class RoomStart {
  private final House house;
  private final Room room;
  private final Reading reading;
  private final TopicId topic;
  private final Restoration restoration;
  private final IndexReader index;
  private boolean indexed;
  private @Nullable String broken;
  private @Nullable String damage;

  RoomStart(House house, Room room, Reading reading) {
    this.house = house;
    this.room = room;
    this.reading = reading;
    topic = room.record().topic();
    restoration = room.instance().restoration();
    index = restoration.index();
  }

  Room room() {
    return room;
  }

  /** Returns what is wrong with the stored data, null if nothing is known to be. */
  @Nullable String damage() {
    return damage;
  }

  private Reading.Range all(int kind, int most) {
    return new Reading.Range(IndexRecords.from(kind, topic), IndexRecords.to(kind, topic), most);
  }

  // ---- the log

  /** Takes the log. */
  void log(Runnable done) {
    reading.range(
        all(IndexRecords.MARKS, Limits.LOAD_ENTRIES),
        entry -> {
          if (broken == null) {
            check(index.marks(entry.key(), entry.value()));
          }
        },
        () -> rows(done));
  }

  private void check(Decoded<?> read) {
    if (broken == null && read instanceof Decoded.Bad<?> bad) {
      broken = bad.malformed().message();
    }
  }

  private void rows(Runnable done) {
    check(index.marksEnd());
    if (broken != null) {
      withoutIndex(done);
      return;
    }
    reading.pages(
        all(IndexRecords.ROWS, IndexReader.RECORDS),
        (entries, next) -> rows(entries, next, done),
        () -> {
          check(restoration.indexed(index));
          indexed = broken == null;
          goOn(done, done);
        });
  }

  /** Takes a few records of rows, each time with the kernel's own events among them. */
  private void rows(List<StoreEntry> entries, Runnable next, Runnable done) {
    for (StoreEntry entry : entries) {
      if (broken == null) {
        check(index.rows(entry.key(), entry.value()));
      }
    }
    if (broken != null) {
      withoutIndex(done);
      return;
    }
    reading.read(
        index.needed(),
        found -> {
          found.forEach(entry -> check(index.event(entry.key(), entry.value())));
          check(index.add());
          goOn(next, done);
        });
  }

  private void goOn(Runnable next, Runnable done) {
    if (broken == null) {
      next.run();
    } else {
      withoutIndex(done);
    }
  }

  private void withoutIndex(Runnable done) {
    if (!index.isEmpty()) {
      String name = room.record().name();
      house.outbox().emit(new Effect.Warn("the index of " + name + " is made anew: " + broken));
    }
    reading.range(
        all(StoreKeys.EVENT, Limits.LOAD_ENTRIES), entry -> take(StoreKeys.EVENT, entry), done);
  }

  // ---- the results

  /** Takes the results, after all proofs of forks. */
  void results(Runnable done) {
    restoration.logRestored();
    if (indexed) {
      patches(restoration.marks(), done);
    } else {
      reading.range(
          all(StoreKeys.VERDICT, Limits.LOAD_ENTRIES),
          entry -> take(StoreKeys.VERDICT, entry),
          done);
    }
  }

  private void patches(List<Bytes> keys, Runnable done) {
    if (keys.isEmpty()) {
      done.run();
      return;
    }
    List<Bytes> some = keys.subList(0, Math.min(keys.size(), Limits.READ_KEYS));
    reading.read(
        some,
        found -> {
          found.forEach(entry -> take(StoreKeys.VERDICT, entry));
          if (found.size() < some.size()) {
            damage("values of an unfinished run are missing");
          }
          patches(keys.subList(some.size(), keys.size()), done);
        });
  }

  /** Removes an index that was of no use, before it is written anew. */
  void end() {
    if (!indexed) {
      house.outbox().write(StoreKeys.topic(IndexRecords.MARKS, topic));
      house.outbox().write(StoreKeys.topic(IndexRecords.ROWS, topic));
    }
  }

  // ---- records

  /** Takes a record of this room that is no part of an index. */
  void take(int kind, StoreEntry entry) {
    if (damage != null) {
      return;
    }
    Bytes key = entry.key();
    Bytes value = entry.value();
    if (value.isEmpty()) {
      damage("a record is not as it was written");
      return;
    }
    Decoded<?> restored =
        switch (kind) {
          case StoreKeys.EVENT -> restoration.event(key, value);
          case StoreKeys.VERDICT -> restoration.verdict(key, value);
          case StoreKeys.STATE -> restoration.state(key, value);
          case StoreKeys.PROOF -> restoration.proof(key, value);
          default -> restoration.own(key, value);
        };
    if (restored instanceof Decoded.Bad<?> bad) {
      damage(bad.malformed().message());
    }
  }

  private void damage(String what) {
    if (damage == null) {
      damage = what;
    }
  }
}
