// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import java.util.List;
import java.util.Optional;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.SignedClaim;

/** What {@link EventCheck} says. */
public sealed interface EventVerdict {
  /** The rule that an invalid event breaks. */
  enum Rule {
    /** The payload is not the one that the header names. */
    PAYLOAD,
    /** The event belongs to another topic. */
    TOPIC,
    /** Kind, seq and prev do not fit together. */
    CHAIN,
    /** The cited events do not fit together. */
    PARENTS,
    /** The kind is reserved: this version knows the number and not the meaning. */
    RESERVED,
    /** The payload is not what its kind asks for. */
    CONTENT,
    /** The certificate is for another key or topic. */
    CERTIFICATE,
    /** The clock is not above the previous event's. */
    CLOCK
  }

  /**
   * Nothing to object to, if the claims are true.
   *
   * @param principal whom a genesis or join speaks for; nothing for other kinds, whose principal is
   *     that of their chain's first event
   * @param claims every signature that has to be verified
   */
  record Passed(Optional<PublicKey> principal, List<SignedClaim> claims) implements EventVerdict {
    /** Copies the list. */
    public Passed {
      claims = List.copyOf(claims);
    }
  }

  /**
   * The event can never be valid in this topic.
   *
   * @param rule the rule that it breaks
   * @param what the part that is wrong, in words
   * @param seen the value there
   * @param allowed what may stand there
   */
  record Invalid(Rule rule, String what, String seen, String allowed) implements EventVerdict {
    /** Returns one sentence with all parts. */
    public String message() {
      return what + " is " + seen + ", allowed: " + allowed;
    }
  }
}
