// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import org.myrhiza.event.Place;

/**
 * Where the kept events changed: one came in, is no longer kept or is kept again.
 *
 * @param from the first place where something changed
 * @param to the last one
 */
public record Disturbed(Place from, Place to) {
  /** Returns the stretch that reaches to another place too. */
  Disturbed with(Place place) {
    return new Disturbed(
        place.compareTo(from) < 0 ? place : from, place.compareTo(to) > 0 ? place : to);
  }
}
