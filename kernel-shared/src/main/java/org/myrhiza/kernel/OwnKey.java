// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.identity.PublicKey;

/**
 * The key that signs this installation's events, and when it must no longer: as soon as somebody
 * else may hold it, or the store may lack what it signed, the platform is asked for a new one. All
 * topics go over to it with their next action, which certifies it by the user's key.
 *
 * <p>A <em>mark</em> tells at the start whether store and keys belong together. Each start writes a
 * new one into the store, with the one before; once that is on disk, the platform keeps it outside.
 * Wherever a crash comes in between, the mark outside is the store's current or its previous one.
 * Any other means that one of the two was restored, copied or lost.
 */
final class OwnKey {
  private static final int VERSION = 0;

  private final House house;
  private PublicKey key;
  private @Nullable Marks stored;
  private boolean renewing;
  private String notice = "";

  private record Marks(Bytes current, Bytes previous) {}

  OwnKey(House house) {
    this.house = house;
    key = house.settings().keys().instance();
  }

  PublicKey key() {
    return key;
  }

  /** Whether a new key is under way, so that nothing may be signed. */
  boolean isRenewing() {
    return renewing;
  }

  /** What the user is to know; empty when there is nothing. */
  String notice() {
    return notice;
  }

  /** Takes the store's mark; returns whether it is well-formed. */
  boolean restore(Bytes value) {
    Decoded<Marks> marks =
        CanonicalReader.decode(
            value,
            r -> {
              r.version(VERSION);
              return new Marks(r.bytes(Limits.MARK_BYTES), r.bytes(Limits.MARK_BYTES));
            });
    if (marks instanceof Decoded.Ok<Marks> ok) {
      stored = ok.value();
      return true;
    }
    return false;
  }

  /** Compares the marks, once the store is read, and makes new ones. */
  void started() {
    Settings.Past past = house.settings().past().orElse(null);
    if (past == null || !house.settings().mayAuthor()) {
      return;
    }
    Marks marks = stored;
    Bytes inside = marks == null ? Bytes.EMPTY : marks.current();
    boolean behind = marks != null && past.mark().equals(marks.previous());
    if (past.mark().equals(inside) || behind) {
      mark(past.mark());
    } else {
      renew(Refusals.copied(), () -> mark(inside));
    }
  }

  private void mark(Bytes previous) {
    Bytes fresh = house.randomness().bytes(Limits.MARK_BYTES);
    Bytes value =
        CanonicalWriter.write(w -> {
          w.u8(VERSION);
          w.bytes(fresh, Limits.MARK_BYTES);
          w.bytes(previous, Limits.MARK_BYTES);
        });
    house.outbox().write(new Write.Put(StoreKeys.mark(), value));
    house.outbox().whenPersisted(() -> house.outbox().emit(new Effect.KeepMark(fresh)));
  }

  /** Asks for a new key, unless that is under way already. */
  void spent(String why) {
    if (house.settings().mayAuthor()) {
      renew(why, () -> {});
    }
  }

  private void renew(String why, Runnable then) {
    if (!renewing) {
      renewing = true;
      tell(why);
      ask(why, then);
    }
  }

  /** Tells before the key is there: after a crash in between, nobody would know of it any more. */
  private void tell(String why) {
    if (!why.isEmpty()) {
      house.outbox().emit(new Effect.Warn(why));
    }
  }

  private void ask(String why, Runnable then) {
    house
        .outbox()
        .newInstance(answer -> {
          switch (answer) {
            case Input.InstanceMade made -> {
              take(made.key(), why);
              then.run();
            }
            case Input.InstanceFailed failed -> failed(failed.reason(), why, then);
            default -> throw new IllegalStateException("an answer to something else");
          }
        });
  }

  private void take(PublicKey made, String why) {
    key = made;
    renewing = false;
    if (!why.isEmpty()) {
      notice = why;
    }
    house.all().forEach(Room::renewed);
  }

  private void failed(String reason, String why, Runnable then) {
    house.outbox().emit(new Effect.Warn(Refusals.noNewKey(reason)));
    house.all().forEach(room -> room.instance().failActs(Refusals.noNewKeyNow(reason)));
    long again = house.outbox().now() + Limits.KEY_RETRY_MILLIS;
    house.outbox().timer(again, () -> ask(why, then));
  }
}
