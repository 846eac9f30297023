// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.event.AdmissionProof;
import org.myrhiza.event.EventId;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.Admittance;
import org.myrhiza.log.Authoring;
import org.myrhiza.log.Log;

/** How this installation's join gets into its topic: what it cites, what it proves, or why not. */
final class Entrance {
  private final Instance instance;
  private final Pass pass;

  Entrance(Instance instance, Pass pass) {
    this.instance = instance;
    this.pass = pass;
  }

  private Admittance way() {
    return Admittance.of(instance.log(), instance.self().principal(), pass.invitation());
  }

  /** Why no join may be written now; null when one may. */
  @Nullable Problem refusal() {
    return switch (way()) {
      case Admittance.Free free -> null;
      case Admittance.Cited cited -> null;
      case Admittance.Invited invited -> null;
      case Admittance.Used used -> Problems.invitationUsed(used.by());
      case Admittance.ShutOut shutOut -> Problems.shutOut();
      case Admittance.Outside outside -> outside();
    };
  }

  private Problem outside() {
    Log log = instance.log();
    PublicKey founder = log.at(0).principal();
    PublicKey user = instance.self().principal();
    return switch (log.genesis().orElseThrow().policy().admission()) {
      case INVITED -> Problems.notInvited(founder, log.topic(), user);
      case OPEN, NAMED -> Problems.notNamed(founder, log.topic(), user);
    };
  }

  /** The place of a join, with what lets it in among what it cites. */
  Authoring.Next citing(Authoring.Next place) {
    Optional<EventId> cited =
        switch (way()) {
          case Admittance.Cited by -> Optional.of(by.cited());
          case Admittance.Invited by -> Optional.of(by.cited());
          case Admittance.Free free -> Optional.empty();
          case Admittance.Used used -> Optional.empty();
          case Admittance.ShutOut shutOut -> Optional.empty();
          case Admittance.Outside outside -> Optional.empty();
        };
    TreeSet<EventId> deps = new TreeSet<>(place.deps());
    cited.ifPresent(deps::add);
    return new Authoring.Next(place.seq(), place.prev(), List.copyOf(deps), place.after());
  }

  /** What a join proves; empty when it needs no proof. */
  Optional<AdmissionProof> proof() {
    return way() instanceof Admittance.Invited
        ? pass.invitation().map(this::proof)
        : Optional.empty();
  }

  private AdmissionProof proof(PublicKey invitation) {
    TopicId topic = instance.log().topic();
    PublicKey user = instance.self().principal();
    return new AdmissionProof(invitation, pass.sign(AdmissionProof.message(topic, user)));
  }

  /** The join is written. */
  void entered() {
    pass.used();
  }
}
