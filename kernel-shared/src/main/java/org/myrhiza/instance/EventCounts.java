// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import org.myrhiza.bytes.Codec;

/**
 * What an instance holds, in numbers.
 *
 * @param events valid events, kernel events included
 * @param pending events that wait for parents
 * @param authored app events written by this installation
 * @param accepted events that the app accepted, creation included
 * @param rejected events that the app rejected
 * @param rollbacks times that a late event undid later ones since the start of this run
 */
public record EventCounts(
    long events, long pending, long authored, long accepted, long rejected, long rollbacks) {
  /** Nothing yet. */
  public static final EventCounts NONE = new EventCounts(0, 0, 0, 0, 0, 0);

  /** Canonical form: six numbers. */
  public static final Codec<EventCounts> CODEC =
      Codec.of(
          (w, counts) -> {
            w.leb(counts.events);
            w.leb(counts.pending);
            w.leb(counts.authored);
            w.leb(counts.accepted);
            w.leb(counts.rejected);
            w.leb(counts.rollbacks);
          },
          r -> new EventCounts(r.leb(), r.leb(), r.leb(), r.leb(), r.leb(), r.leb()));
}
