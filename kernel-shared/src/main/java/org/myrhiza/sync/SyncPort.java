// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.ForkProof;
import org.myrhiza.instance.Received;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;

/** What sync needs from its surroundings. */
public interface SyncPort {
  /** The wall clock of the current input. */
  long nowMillis();

  /** A random number from 0 to a bound, exclusive. */
  int random(int bound);

  /** Sends to one peer, once everything that was written so far is on disk. */
  void send(long link, Message message);

  /**
   * Sends to one peer at once: only for what tells of nothing but what is on disk already, as the
   * caller knows from {@link #whenPersisted}.
   */
  void sendAtOnce(long link, Message message);

  /** Runs something once all that was written so far is on disk. */
  void whenPersisted(Runnable then);

  /** Sends to several peers, once everything that was written so far is on disk. */
  void publish(Message message, Audience audience);

  /** Whether a link carries to its peer alone, so that a frame for many is sent on each. */
  boolean isDirect(long link);

  /** Runs something at a time or later. */
  void timer(long atMillis, Runnable then);

  /** Counts something that a link did wrong. */
  void charge(long link, Offence offence, String reason);

  /** The topic's log. */
  Log log();

  /**
   * Gives events with all their bytes, at once or when they were read; what is not there any more
   * is left out, and nothing is given when the store cannot be read.
   */
  void withBytes(List<LogEntry> entries, Consumer<List<Event>> then);

  /**
   * Hands over an event from a peer.
   *
   * @param event the event
   * @param link who sent it
   * @param then told once what became of it, now or later
   */
  void receive(Event event, long link, Consumer<Received> then);

  /** Hands over a proof of a fork from a peer. */
  void receive(ForkProof proof, long link);

  /** Most events that the next pull may bring; 0 while none are wanted. */
  int wanted();

  /** Whether this peer may serve others: only what it keeps itself. */
  boolean serves();

  /** The bundle file to serve, or null. */
  @Nullable Bytes bundleFile();

  /** Called whenever the sync state may have changed. */
  void syncChanged();
}
