// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

/** Whom a message that goes to several is for. */
public sealed interface Audience {
  /** All peers of the topic. */
  record Everyone() implements Audience {}

  /**
   * Those who did not get it with the link that brought it: all but that link; when it came over a
   * relay, its other members have it, and only direct links are left.
   *
   * @param link who brought it
   */
  record BeyondLink(long link) implements Audience {}
}
