// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.Event;
import org.myrhiza.event.ForkProof;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.KnownFork;

/** Canonical bytes of a {@link Message}. */
final class MessageCodec {
  private static final int VERSION = 0;
  private static final int HELLO = 0;
  private static final int PULL = 1;
  private static final int EVENTS = 2;
  private static final int SYNC_COMPLETE = 3;
  private static final int WANT_BUNDLE = 4;
  private static final int BUNDLE_CHUNK = 5;
  private static final int FORKS = 6;
  private static final int PROOFS = 7;

  private MessageCodec() {}

  static void write(CanonicalWriter w, Message message) {
    w.u8(VERSION);
    switch (message) {
      case Message.Hello hello -> {
        w.u8(HELLO);
        Frontier.CODEC.write(w, hello.frontier());
        w.flag(hello.answer());
      }
      case Message.Pull pull -> {
        w.u8(PULL);
        w.u64(pull.number());
        Frontier.CODEC.write(w, pull.frontier());
        w.leb(pull.maxEvents());
      }
      case Message.Events events -> {
        w.u8(EVENTS);
        w.u64(events.number());
        w.list(events.events(), Limits.PAGE_EVENTS, Event.CODEC);
        w.flag(events.more());
      }
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
    }
  }

  static Message read(CanonicalReader r) {
    r.version(VERSION);
    int kind = r.u8();
    return switch (kind) {
      case HELLO -> new Message.Hello(Frontier.CODEC.read(r), r.flag());
      case PULL -> pull(r);
      case EVENTS -> new Message.Events(r.u64(), r.list(Limits.PAGE_EVENTS, Event.CODEC), r.flag());
      case SYNC_COMPLETE ->
          new Message.SyncComplete(
              r.u64(), r.at("events sent").lebInt(Limits.PAGE_EVENTS), r.leb());
      case WANT_BUNDLE ->
          new Message.WantBundle(
              BundleId.CODEC.read(r), r.at("offset").lebInt(Limits.BUNDLE_BYTES));
      case BUNDLE_CHUNK -> chunk(r);
      case FORKS -> new Message.Forks(r.set(org.myrhiza.log.Limits.FORKS, KnownFork.CODEC));
      case PROOFS -> new Message.Proofs(r.list(Limits.PROOFS, ForkProof.CODEC));
      default -> throw r.fail("kind of message", Integer.toString(kind), "0 to " + PROOFS);
    };
  }

  private static Message pull(CanonicalReader r) {
    long number = r.u64();
    Frontier frontier = Frontier.CODEC.read(r);
    int maxEvents = r.at("events wanted").lebInt(Limits.PAGE_EVENTS);
    if (number == 0 || maxEvents == 0) {
      throw r.fail("a pull", "0 as number or events wanted", "1 or more");
    }
    return new Message.Pull(number, frontier, maxEvents);
  }

  private static Message chunk(CanonicalReader r) {
    BundleId bundle = BundleId.CODEC.read(r);
    int total = r.at("size of a bundle").lebInt(Limits.BUNDLE_BYTES);
    int offset = r.at("offset").lebInt(Limits.BUNDLE_BYTES);
    return new Message.BundleChunk(bundle, total, offset, r.bytes(Limits.CHUNK_BYTES));
  }
}
