// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.Admit;
import org.myrhiza.event.EventId;
import org.myrhiza.identity.PublicKey;

/** One look through the kernel's events of a log for what lets a principal in. */
final class Entries {
  private final Log log;
  private final PublicKey principal;
  private final Optional<PublicKey> invitation;
  private final Admit named;
  private final Optional<Admit> invited;
  private @Nullable EventId own;
  private @Nullable EventId admit;
  private @Nullable PublicKey user;

  Entries(Log log, PublicKey principal, Optional<PublicKey> invitation) {
    this.log = log;
    this.principal = principal;
    this.invitation = invitation;
    named = new Admit(Admit.Subject.PRINCIPAL, principal);
    invited = invitation.map(key -> new Admit(Admit.Subject.INVITATION, key));
  }

  Admittance look() {
    Graph graph = log.now().graph;
    for (int number : graph.kernelEvents()) {
      LogEntry entry = graph.entry(number);
      if (graph.isKept(number)) {
        kept(entry);
      }
      if (!entry.principal().equals(principal)
          && invitation.filter(key -> Validity.uses(log, entry, key)).isPresent()) {
        user = entry.principal();
      }
    }
    if (own != null) {
      return new Admittance.Cited(own);
    }
    if (user != null) {
      return new Admittance.Used(user);
    }
    return admit == null ? new Admittance.Outside() : new Admittance.Invited(admit);
  }

  private void kept(LogEntry entry) {
    if (own == null
        && (entry.principal().equals(principal) || Validity.admits(log, entry, named))) {
      own = entry.id();
    }
    if (admit == null && invited.filter(one -> Validity.admits(log, entry, one)).isPresent()) {
      admit = entry.id();
    }
  }
}
