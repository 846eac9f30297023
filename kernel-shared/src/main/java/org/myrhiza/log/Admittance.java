// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Optional;
import org.myrhiza.event.Admission;
import org.myrhiza.event.EventId;
import org.myrhiza.identity.PublicKey;

/**
 * How an honest join of a principal gets into a topic, as a log knows it now. It looks at all of
 * the kernel's events, of which validity looks at the cited ones only ({@link Validity}), and cites
 * kept ones only.
 */
public sealed interface Admittance {
  /** Nothing in particular has to be cited. */
  record Free() implements Admittance {}

  /**
   * An event lets the principal in when the join cites it, without a proof.
   *
   * @param cited the principal's own, or an admit event that names him
   */
  record Cited(EventId cited) implements Admittance {}

  /**
   * The join cites the admit event of the invitation, and proves the invitation.
   *
   * @param cited the admit event
   */
  record Invited(EventId cited) implements Admittance {}

  /**
   * Somebody else joined by the invitation.
   *
   * @param by his long-term key
   */
  record Used(PublicKey by) implements Admittance {}

  /** Nothing that is here lets the principal in. */
  record Outside() implements Admittance {}

  /** A fence shut the principal out: whatever he writes is void. */
  record ShutOut() implements Admittance {}

  /** Whether a principal gets in without an invitation. */
  default boolean isIn() {
    return this instanceof Free || this instanceof Cited;
  }

  /** Whether a fence shut the principal out. */
  default boolean isShutOut() {
    return this instanceof ShutOut;
  }

  /**
   * Looks how a principal gets in.
   *
   * @param log a log that holds its genesis
   * @param principal a long-term key
   * @param invitation the public key of the invitation that he holds
   */
  static Admittance of(Log log, PublicKey principal, Optional<PublicKey> invitation) {
    Holdings now = log.now();
    now.standing.settle();
    if (now.fences.shutsOut(principal)) {
      return new ShutOut();
    }
    Admission admission = log.genesis().orElseThrow().policy().admission();
    if (admission == Admission.OPEN || Validity.isOfThePolicy(log, principal)) {
      return new Free();
    }
    Optional<PublicKey> worth = admission == Admission.INVITED ? invitation : Optional.empty();
    return new Entries(log, principal, worth).look();
  }
}
