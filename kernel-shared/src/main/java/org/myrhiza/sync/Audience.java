// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.List;

/**
 * Whom something new is for: some direct links, each of which takes a frame of its own, and the
 * channels of relays, which carry one frame to all their members.
 *
 * @param direct the direct links
 * @param source the link that brought it, {@link #HERE} when it is from here: who got it over a
 *     relay does not publish it there again, nor who got it from a peer that is there itself
 */
public record Audience(List<Long> direct, long source) {
  /** The source of what was authored here. */
  public static final long HERE = -1;

  /** Copies the list. */
  public Audience {
    direct = List.copyOf(direct);
  }
}
