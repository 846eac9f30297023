// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import org.myrhiza.bytes.Codec;
import org.myrhiza.event.Place;

/**
 * One page of what an asker lacks, told by where it ends.
 *
 * @param last the place of its last event
 * @param events how many it holds, 1 to {@link Limits#PAGE_EVENTS}
 */
public record Stretch(Place last, int events) {
  /** The place, then the number. */
  public static final Codec<Stretch> CODEC =
      Codec.of(
          (w, stretch) -> {
            Place.CODEC.write(w, stretch.last);
            w.leb(stretch.events);
          },
          r -> {
            Place last = Place.CODEC.read(r);
            int events = r.at("events of a page").lebInt(Limits.PAGE_EVENTS);
            if (events == 0) {
              throw r.fail("events of a page", "0", "1 or more");
            }
            return new Stretch(last, events);
          });
}
