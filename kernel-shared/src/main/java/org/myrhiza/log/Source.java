// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

/**
 * Who handed an event over, so that what it costs is charged to a link and not to the author, who
 * may know nothing of it.
 *
 * @param link the link's number, 0 for this peer itself
 */
public record Source(long link) implements Comparable<Source> {
  /** This peer: an event of its own, or of its own store. */
  public static final Source LOCAL = new Source(0);

  @Override
  public int compareTo(Source other) {
    return Long.compare(link, other.link);
  }
}
