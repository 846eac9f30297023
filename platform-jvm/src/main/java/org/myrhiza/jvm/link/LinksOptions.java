// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import java.time.Duration;
import java.util.function.Predicate;
import org.myrhiza.identity.PublicKey;

/**
 * How links behave.
 *
 * @param identity proves us
 * @param firstRetry how long to wait, at most, before a lost relay is tried again the first time
 * @param longestRetry what that wait doubles up to
 * @param admits which keys may link to us over QUIC
 * @param dialPatience from a dial or an accepted connection to the hello of the other side
 */
public record LinksOptions(
    TransportIdentity identity,
    Duration firstRetry,
    Duration longestRetry,
    Predicate<PublicKey> admits,
    Duration dialPatience) {
  private static final Duration FIRST = Duration.ofMillis(400);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** Returns the usual waits; every key may link. */
  public static LinksOptions of(TransportIdentity identity) {
    return new LinksOptions(identity, FIRST, LONGEST, key -> true, Limits.HELLO);
  }

  /** Returns these with other waits. */
  public LinksOptions withRetry(Duration first, Duration longest) {
    return new LinksOptions(identity, first, longest, admits, dialPatience);
  }

  /** Returns these with another patience for dials. */
  public LinksOptions withDialPatience(Duration other) {
    return new LinksOptions(identity, firstRetry, longestRetry, admits, other);
  }

  /** Returns these, letting only some keys link. */
  public LinksOptions withAdmits(Predicate<PublicKey> others) {
    return new LinksOptions(identity, firstRetry, longestRetry, others, dialPatience);
  }
}
