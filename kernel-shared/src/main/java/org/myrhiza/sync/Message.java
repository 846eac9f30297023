// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Codec;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.Event;
import org.myrhiza.event.ForkProof;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.KnownFork;

/** What peers of one topic say to each other inside sealed frames. */
public sealed interface Message {
  /** Canonical form: version, kind, fields. */
  Codec<Message> CODEC = Codec.of(MessageCodec::write, MessageCodec::read);

  /**
   * Tells what the sender holds on disk.
   *
   * @param frontier its heads
   * @param answer whether a hello is asked for in return
   */
  record Hello(Frontier frontier, boolean answer) implements Message {}

  /**
   * Asks for one page of what the sender lacks.
   *
   * @param number chosen by the asker, repeated in the answers
   * @param frontier what it holds
   * @param maxEvents most events it takes, 1 to {@link Limits#PAGE_EVENTS}
   */
  record Pull(long number, Frontier frontier, int maxEvents) implements Message {}

  /**
   * Events, parents before children.
   *
   * @param number that of the pull, 0 for events that nobody asked for
   * @param events the events
   * @param more whether the asker lacks more than these
   */
  record Events(long number, List<Event> events, boolean more) implements Message {
    /** Copies the list. */
    public Events {
      events = List.copyOf(events);
    }
  }

  /**
   * Says that the asker lacks nothing once it has the events of this pull.
   *
   * @param number that of the pull
   * @param sent events that this pull's page holds, 0 when there is no page
   * @param total events that the sender holds
   */
  record SyncComplete(long number, int sent, long total) implements Message {}

  /**
   * Tells which keys the sender knows to have forked.
   *
   * @param forks strictly ascending, at most {@link org.myrhiza.log.Limits#FORKS}
   */
  record Forks(List<KnownFork> forks) implements Message {
    /** Copies the list. */
    public Forks {
      forks = List.copyOf(forks);
    }
  }

  /**
   * Proves forks.
   *
   * @param proofs at most {@link Limits#PROOFS}
   */
  record Proofs(List<ForkProof> proofs) implements Message {
    /** Copies the list. */
    public Proofs {
      proofs = List.copyOf(proofs);
    }
  }

  /**
   * Asks for a piece of the bundle.
   *
   * @param bundle which
   * @param offset first byte wanted
   */
  record WantBundle(BundleId bundle, int offset) implements Message {}

  /**
   * A piece of the bundle.
   *
   * @param bundle which
   * @param total size of the file
   * @param offset first byte
   * @param chunk the bytes, at most {@link Limits#CHUNK_BYTES}
   */
  record BundleChunk(BundleId bundle, int total, int offset, Bytes chunk) implements Message {}
}
