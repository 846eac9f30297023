// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import org.myrhiza.bytes.Codec;
import org.myrhiza.event.TopicId;
import org.myrhiza.log.Log;

/**
 * How much of each topic is kept in memory, and how carefully replay goes. It changes what an
 * installation costs, never what it comes to.
 *
 * @param eventBytes bytes of app events, counted as in messages; the store has the others. At least
 *     a few events' worth, else nothing gets on
 * @param valueBytes bytes of the values of the app's state; the store has the others. 0 or more:
 *     what an event or a view needs is there while it runs
 * @param results results of events, and up to twice as many; 1 or more
 * @param pendingEvents events of one link that wait for their past; what a link sends beyond them
 *     comes again later, and counts against it a little. 1 or more
 * @param checksReplay whether replay runs again what it could skip and compares; the topic stops at
 *     a difference. For finding defects: it costs as much as it would without skipping
 */
public record Tuning(
    long eventBytes, long valueBytes, int results, int pendingEvents, boolean checksReplay) {
  /** What an installation has. */
  public static final Tuning DEFAULT =
      new Tuning(
          org.myrhiza.log.Limits.BODY_BYTES,
          org.myrhiza.state.Limits.VALUE_BYTES,
          org.myrhiza.replay.Limits.WINDOW,
          org.myrhiza.log.Limits.PENDING_EVENTS,
          false);

  /** Canonical form, fields in order. */
  public static final Codec<Tuning> CODEC =
      Codec.of(
          (w, tuning) -> {
            w.leb(tuning.eventBytes);
            w.leb(tuning.valueBytes);
            w.lebInt(tuning.results, Integer.MAX_VALUE);
            w.lebInt(tuning.pendingEvents, Integer.MAX_VALUE);
            w.flag(tuning.checksReplay);
          },
          r ->
              new Tuning(
                  r.at("event bytes").lebLong(1, Long.MAX_VALUE),
                  r.at("value bytes").lebLong(0, Long.MAX_VALUE),
                  Math.max(1, r.at("results").lebInt(Integer.MAX_VALUE)),
                  Math.max(1, r.at("pending events").lebInt(Integer.MAX_VALUE)),
                  r.flag()));

  /** Checks the ranges. */
  public Tuning {
    if (eventBytes < 1 || valueBytes < 0 || results < 1 || pendingEvents < 1) {
      throw new IllegalArgumentException(
          eventBytes
              + " and "
              + valueBytes
              + " bytes, "
              + results
              + " results and "
              + pendingEvents
              + " events that wait");
    }
  }

  /** Returns the log of a topic, empty, that keeps so much. */
  Log log(TopicId topic) {
    return Log.bounded(topic, pendingEvents, org.myrhiza.log.Limits.PENDING_BYTES, eventBytes);
  }

  /** Returns the same, with replay checked or not. */
  public Tuning checking(boolean checks) {
    return new Tuning(eventBytes, valueBytes, results, pendingEvents, checks);
  }

  /** Returns the same with other bounds of what is kept in memory. */
  public Tuning keeping(long events, long values, int ofResults) {
    return new Tuning(events, values, ofResults, pendingEvents, checksReplay);
  }

  /** Returns the same with another bound for events that wait, 1 or more. */
  public Tuning pending(int events) {
    return new Tuning(eventBytes, valueBytes, results, events, checksReplay);
  }
}
