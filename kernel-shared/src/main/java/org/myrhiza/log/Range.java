// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Optional;
import org.myrhiza.bytes.Codec;
import org.myrhiza.event.Place;

/**
 * A stretch of the canonical order.
 *
 * @param after the last place before it; empty from the start
 * @param upTo its last place; empty to the end
 */
public record Range(Optional<Place> after, Optional<Place> upTo) {
  /** The whole order. */
  public static final Range ALL = new Range(Optional.empty(), Optional.empty());

  /** Both ends, if they are there. */
  public static final Codec<Range> CODEC =
      Codec.of(
          (w, range) -> {
            w.optional(range.after, Place.CODEC);
            w.optional(range.upTo, Place.CODEC);
          },
          r -> new Range(r.optional(Place.CODEC), r.optional(Place.CODEC)));
}
