// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.graph;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.myrhiza.event.Admit;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.Join;
import org.myrhiza.event.TopicPolicy;
import org.myrhiza.identity.PublicKey;

/**
 * Reference code for admission: whether a join's principal is let in, from the words of ORDER-9.
 */
final class SlowAdmission {
  private SlowAdmission() {}

  /** Returns whether a join, all of whose parents are valid, lets its principal in. */
  static boolean lets(SlowLog log, Event join, PublicKey principal) {
    Event genesis = genesis(log);
    PublicKey founder = log.principal(genesis.id());
    TopicPolicy policy = Genesis.CODEC.decode(genesis.payload()).orThrow().policy();
    Join says = Join.CODEC.decode(join.payload()).orThrow();
    TreeSet<PublicKey> admitters = new TreeSet<>(policy.admitters());
    admitters.addAll(policy.fencers());
    admitters.add(founder);
    TreeSet<PublicKey> insiders = new TreeSet<>(admitters);
    insiders.addAll(policy.upgraders());
    boolean proves = says.admissionProof().isPresent();
    List<Event> cited = join.header().deps().stream().map(log::event).toList();
    boolean known =
        insiders.contains(principal)
            || cited.stream().anyMatch(event -> log.principal(event.id()).equals(principal))
            || names(log, cited, admitters, new Admit(Admit.Subject.PRINCIPAL, principal));
    return switch (policy.admission()) {
      case OPEN -> !proves;
      case NAMED -> !proves && known;
      case INVITED -> proves ? invites(log, cited, admitters, principal, says) : known;
    };
  }

  private static Event genesis(SlowLog log) {
    return log.valid().values().stream()
        .filter(event -> event.header().kind() == EventKind.GENESIS)
        .findFirst()
        .orElseThrow();
  }

  private static boolean names(
      SlowLog log, List<Event> cited, Set<PublicKey> admitters, Admit wanted) {
    return cited.stream()
        .filter(event -> event.header().kind() == EventKind.ADMIT)
        .filter(event -> admitters.contains(log.principal(event.id())))
        .anyMatch(event -> Admit.CODEC.decode(event.payload()).orThrow().equals(wanted));
  }

  private static boolean invites(
      SlowLog log, List<Event> cited, Set<PublicKey> admitters, PublicKey principal, Join says) {
    PublicKey invitation = says.admissionProof().orElseThrow().invitation();
    return names(log, cited, admitters, new Admit(Admit.Subject.INVITATION, invitation))
        && cited.stream().noneMatch(event -> isOtherUse(log, event.id(), invitation, principal));
  }

  private static boolean isOtherUse(
      SlowLog log, EventId id, PublicKey invitation, PublicKey principal) {
    Event event = log.event(id);
    return event.header().kind() == EventKind.JOIN
        && !log.principal(id).equals(principal)
        && Join.CODEC.decode(event.payload()).orThrow().admissionProof().stream()
            .anyMatch(proof -> proof.invitation().equals(invitation));
  }
}
