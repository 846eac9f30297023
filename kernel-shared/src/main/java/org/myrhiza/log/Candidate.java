// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.List;
import java.util.Optional;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.identity.SignedClaim;

/**
 * An event in which nothing is wrong that its own bytes could show, before its signatures are
 * verified. Whoever offers it to the log promises that every claim was found good.
 *
 * @param event the event
 * @param principal whom a genesis or a join speaks for; empty for every other event
 * @param claims the event's own signature, and the certificate's where it carries one
 */
public record Candidate(Event event, Optional<PublicKey> principal, List<SignedClaim> claims) {
  /** Copies the list. */
  public Candidate {
    claims = List.copyOf(claims);
  }

  /** Returns the event's id. */
  public EventId id() {
    return event.id();
  }

  /** Returns whether all claims are good, for callers that verify at once. */
  public boolean verifiedBy(SignatureVerifier verifier) {
    for (SignedClaim claim : claims) {
      if (!verifier.verify(claim.key(), claim.message(), claim.signature())) {
        return false;
      }
    }
    return true;
  }
}
