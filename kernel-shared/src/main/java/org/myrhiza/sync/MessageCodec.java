// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.List;
import java.util.Optional;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.ForkProof;
import org.myrhiza.log.Cut;
import org.myrhiza.log.KnownFork;
import org.myrhiza.log.Prefix;
import org.myrhiza.log.Range;
import org.myrhiza.log.Subtree;

/** Canonical bytes of a {@link Message}. */
final class MessageCodec {
  private static final int VERSION = 1;
  private static final int HELLO = 0;
  private static final int PULL = 1;
  private static final int EVENTS = 2;
  private static final int SYNC_COMPLETE = 3;
  private static final int WANT_BUNDLE = 4;
  private static final int BUNDLE_CHUNK = 5;
  private static final int FORKS = 6;
  private static final int PROOFS = 7;
  private static final int DESCEND = 8;
  private static final int CUTS = 9;
  private static final int WANT = 10;
  private static final int UNKNOWN = 11;
  private static final int ANNOUNCE = 12;
  private static final int GRAFT = 13;
  private static final int PRUNE = 14;
  private static final List<Wish> WISHES = List.of(Wish.values());

  private MessageCodec() {}

  static void write(CanonicalWriter w, Message message) {
    w.u8(VERSION);
    switch (message) {
      case Message.Hello hello -> write(w, hello);
      case Message.Pull pull -> write(w, pull);
      case Message.Events events -> write(w, events);
      case Message.SyncComplete complete -> {
        w.u8(SYNC_COMPLETE);
        w.u64(complete.number());
        w.leb(complete.sent());
        w.leb(complete.total());
      }
      case Message.WantBundle want -> {
        w.u8(WANT_BUNDLE);
        BundleId.CODEC.write(w, want.bundle());
        w.leb(want.offset());
      }
      case Message.BundleChunk chunk -> {
        w.u8(BUNDLE_CHUNK);
        BundleId.CODEC.write(w, chunk.bundle());
        w.leb(chunk.total());
        w.leb(chunk.offset());
        w.bytes(chunk.chunk(), Limits.CHUNK_BYTES);
      }
      case Message.Forks known -> {
        w.u8(FORKS);
        w.set(known.forks(), org.myrhiza.log.Limits.FORKS, KnownFork.CODEC);
      }
      case Message.Proofs proofs -> {
        w.u8(PROOFS);
        w.list(proofs.proofs(), Limits.PROOFS, ForkProof.CODEC);
      }
      case Message.Descend descend -> {
        w.u8(DESCEND);
        w.u64(descend.number());
        w.list(descend.ranges(), Limits.DESCENT_RANGES, Prefix.CODEC);
      }
      case Message.Cuts cuts -> {
        w.u8(CUTS);
        w.u64(cuts.number());
        w.list(cuts.cuts(), Limits.DESCENT_RANGES, Cut.CODEC);
      }
      case Message.Want want -> {
        w.u8(WANT);
        w.u64(want.number());
        w.set(want.events(), Limits.PAGE_EVENTS, EventId.CODEC);
      }
      case Message.Unknown unknown -> w.u8(UNKNOWN).u64(unknown.number());
      case Message.Announce announce -> {
        w.u8(ANNOUNCE);
        w.set(announce.events(), Limits.PAGE_EVENTS, EventId.CODEC);
      }
      case Message.Graft graft -> {
        w.u8(GRAFT);
        w.u64(graft.number());
        w.set(graft.events(), Limits.PAGE_EVENTS, EventId.CODEC);
      }
      case Message.Prune prune -> w.u8(PRUNE);
    }
  }

  private static void write(CanonicalWriter w, Message.Hello hello) {
    w.u8(HELLO);
    Heads.write(w, hello.heads());
    w.u8(WISHES.indexOf(hello.wish()));
    w.optional(hello.held(), Subtree.CODEC);
  }

  private static void write(CanonicalWriter w, Message.Pull pull) {
    w.u8(PULL);
    w.u64(pull.number());
    Known.write(w, pull.known());
    w.leb(pull.maxEvents());
    Range.CODEC.write(w, pull.range());
    w.leb(pull.ahead());
  }

  private static void write(CanonicalWriter w, Message.Events events) {
    w.u8(EVENTS);
    w.u64(events.number());
    w.list(events.events(), Limits.PAGE_EVENTS, Event.CODEC);
    w.flag(events.more());
    w.list(events.plan(), Limits.AHEAD + 1, Stretch.CODEC);
    w.leb(events.left());
  }

  static Message read(CanonicalReader r) {
    r.version(VERSION);
    int kind = r.u8();
    return switch (kind) {
      case HELLO -> hello(r);
      case PULL -> pull(r);
      case EVENTS -> events(r);
      case SYNC_COMPLETE ->
          new Message.SyncComplete(
              r.u64(), r.at("events sent").lebInt(Limits.PAGE_EVENTS), r.leb());
      case WANT_BUNDLE ->
          new Message.WantBundle(
              BundleId.CODEC.read(r), r.at("offset").lebInt(Limits.BUNDLE_BYTES));
      case BUNDLE_CHUNK -> chunk(r);
      case FORKS -> new Message.Forks(r.set(org.myrhiza.log.Limits.FORKS, KnownFork.CODEC));
      case PROOFS -> new Message.Proofs(r.list(Limits.PROOFS, ForkProof.CODEC));
      case DESCEND -> descend(r);
      case CUTS -> new Message.Cuts(r.u64(), r.list(Limits.DESCENT_RANGES, Cut.CODEC));
      case WANT -> {
        long number = number(r);
        yield new Message.Want(number, ids(r));
      }
      case UNKNOWN -> new Message.Unknown(number(r));
      case ANNOUNCE -> new Message.Announce(ids(r));
      case GRAFT -> {
        long number = number(r);
        yield new Message.Graft(number, ids(r));
      }
      case PRUNE -> new Message.Prune();
      default -> throw r.fail("kind of message", Integer.toString(kind), "0 to " + PRUNE);
    };
  }

  private static Message pull(CanonicalReader r) {
    long number = number(r);
    Known known = Known.read(r);
    int maxEvents = r.at("events wanted").lebInt(Limits.PAGE_EVENTS);
    if (maxEvents == 0) {
      throw r.fail("events wanted", "0", "1 or more");
    }
    Range range = Range.CODEC.read(r);
    return new Message.Pull(
        number, known, maxEvents, range, r.at("pages ahead").lebInt(Limits.AHEAD));
  }

  private static Message hello(CanonicalReader r) {
    Heads heads = Heads.read(r);
    Wish wish = WISHES.get(r.choice(WISHES.size()));
    Optional<Subtree> held = r.optional(Subtree.CODEC);
    if (held.filter(root -> root.prefix().bits() > 0).isPresent()) {
      throw r.fail("root of a log tree", "a range", "all");
    }
    return new Message.Hello(heads, wish, held);
  }

  private static Message events(CanonicalReader r) {
    long number = r.u64();
    List<Event> events = r.list(Limits.PAGE_EVENTS, Event.CODEC);
    boolean more = r.flag();
    List<Stretch> plan = r.list(Limits.AHEAD + 1, Stretch.CODEC);
    long left = r.at("events left").lebLong(0, Limits.LEFT);
    return new Message.Events(number, events, more, plan, left);
  }

  private static Message descend(CanonicalReader r) {
    long number = number(r);
    List<Prefix> ranges = r.list(Limits.DESCENT_RANGES, Prefix.CODEC);
    if (ranges.isEmpty()) {
      throw r.fail("a descent", "no range", "1 or more");
    }
    return new Message.Descend(number, ranges);
  }

  /** A number that an asker chose. */
  private static long number(CanonicalReader r) {
    long number = r.u64();
    if (number == 0) {
      throw r.fail("number of a request", "0", "any other");
    }
    return number;
  }

  private static List<EventId> ids(CanonicalReader r) {
    List<EventId> events = r.set(Limits.PAGE_EVENTS, EventId.CODEC);
    if (events.isEmpty()) {
      throw r.fail("events", "none", "1 or more");
    }
    return events;
  }

  private static Message chunk(CanonicalReader r) {
    BundleId bundle = BundleId.CODEC.read(r);
    int total = r.at("size of a bundle").lebInt(Limits.BUNDLE_BYTES);
    int offset = r.at("offset").lebInt(Limits.BUNDLE_BYTES);
    return new Message.BundleChunk(bundle, total, offset, r.bytes(Limits.CHUNK_BYTES));
  }
}
