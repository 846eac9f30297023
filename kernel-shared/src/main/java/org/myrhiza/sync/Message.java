// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.List;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Codec;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.ForkProof;
import org.myrhiza.log.Cut;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.KnownFork;
import org.myrhiza.log.Prefix;
import org.myrhiza.log.Range;
import org.myrhiza.log.Subtree;

/** What peers of one topic say to each other inside sealed frames. */
public sealed interface Message {
  /** Canonical form: version, kind, fields. */
  Codec<Message> CODEC = Codec.of(MessageCodec::write, MessageCodec::read);

  /**
   * Tells what the sender holds on disk.
   *
   * @param heads its heads
   * @param wish whether a hello is asked for in return
   * @param held the root of its log tree; empty from who does not serve
   */
  record Hello(Heads heads, Wish wish, Optional<Subtree> held) implements Message {
    /** A hello that tells all heads, as the first to a peer does. */
    public Hello(Frontier frontier, Wish wish, Optional<Subtree> held) {
      this(Heads.whole(1, frontier), wish, held);
    }

    /** A hello that tells all heads, without the log tree. */
    public Hello(Frontier frontier, Wish wish) {
      this(frontier, wish, Optional.empty());
    }

    /** The heads that it tells: all, or those of keys that have others now. */
    public Frontier frontier() {
      return heads.tips();
    }
  }

  /**
   * Asks for one page of what the sender lacks.
   *
   * @param number chosen by the asker, repeated in the answers
   * @param known what it holds
   * @param maxEvents most events it takes, 1 to {@link Limits#PAGE_EVENTS}
   * @param range from where to where
   * @param ahead of how many pages after this one it wants to know where they end, at most {@link
   *     Limits#AHEAD}
   */
  record Pull(long number, Known known, int maxEvents, Range range, int ahead) implements Message {
    /** Asks for the first page of all that is lacking. */
    public Pull(long number, Frontier frontier, int maxEvents) {
      this(number, Known.of(frontier), maxEvents, Range.ALL, 0);
    }

    /** The heads that it tells. */
    public Frontier frontier() {
      return known.frontier();
    }
  }

  /**
   * Says that a pull names heads that the sender does not know; they are to be told with it.
   *
   * @param number that of the pull
   */
  record Unknown(long number) implements Message {}

  /**
   * Events, parents before children.
   *
   * @param number that of the pull, 0 for events that nobody asked for
   * @param events the events
   * @param more whether the asker lacks more than these, in the range it asked for
   * @param plan if there is more: this page, and pages that follow it; at most {@link Limits#AHEAD}
   *     and one, empty when nobody asked for it
   * @param left how many events the asker lacks after this page, when its pull has an open end; 0
   *     otherwise; at most {@link Limits#LEFT}
   */
  record Events(long number, List<Event> events, boolean more, List<Stretch> plan, long left)
      implements Message {
    /** Copies the lists. */
    public Events {
      events = List.copyOf(events);
      plan = List.copyOf(plan);
    }

    /** Events without a plan. */
    public Events(long number, List<Event> events, boolean more) {
      this(number, events, more, List.of(), 0);
    }
  }

  /**
   * Asks for ranges of the log tree, taken apart.
   *
   * @param number chosen by the asker, repeated in the answer
   * @param ranges 1 to {@link Limits#DESCENT_RANGES}
   */
  record Descend(long number, List<Prefix> ranges) implements Message {
    /** Copies the list. */
    public Descend {
      ranges = List.copyOf(ranges);
    }
  }

  /**
   * Ranges of the log tree, taken apart.
   *
   * @param number that of the request
   * @param cuts one for each range, in the same order
   */
  record Cuts(long number, List<Cut> cuts) implements Message {
    /** Copies the list. */
    public Cuts {
      cuts = List.copyOf(cuts);
    }
  }

  /**
   * Asks for events by id; {@link Events} or {@link SyncComplete} answers.
   *
   * @param number chosen by the asker, repeated in the answer
   * @param events strictly ascending, 1 to {@link Limits#PAGE_EVENTS}
   */
  record Want(long number, List<EventId> events) implements Message {
    /** Copies the list. */
    public Want {
      events = List.copyOf(events);
    }
  }

  /**
   * Tells a direct link of new events that it has not been sent.
   *
   * @param events strictly ascending, 1 to {@link Limits#PAGE_EVENTS}
   */
  record Announce(List<EventId> events) implements Message {
    /** Copies the list. */
    public Announce {
      events = List.copyOf(events);
    }
  }

  /**
   * Asks for announced events, and for new ones as soon as they are there from now on; answered as
   * {@link Want} is.
   *
   * @param number chosen by the asker, repeated in the answer
   * @param events strictly ascending, 1 to {@link Limits#PAGE_EVENTS}
   */
  record Graft(long number, List<EventId> events) implements Message {
    /** Copies the list. */
    public Graft {
      events = List.copyOf(events);
    }
  }

  /** Says that new events came sooner from another: from now on announcing them is enough. */
  record Prune() implements Message {}

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
