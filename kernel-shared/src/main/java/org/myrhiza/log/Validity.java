// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.AdmissionProof;
import org.myrhiza.event.Admit;
import org.myrhiza.event.EventCheck;
import org.myrhiza.event.EventHeader;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.EventVerdict;
import org.myrhiza.event.Join;
import org.myrhiza.event.TopicPolicy;
import org.myrhiza.identity.PublicKey;

/**
 * What of validity needs the ancestors (rules.md, section 4), once all parents are valid.
 *
 * <p>Admission asks only the events that a join cites itself: who is let in cites what lets it in.
 * So a join costs as much as it has deps, and no later event changes the answer.
 */
final class Validity {
  private Validity() {}

  static Optional<Refusal> judge(Log log, Candidate candidate) {
    EventHeader header = candidate.event().header();
    if (header.kind() == EventKind.GENESIS) {
      return Optional.empty();
    }
    if (header.parents().isEmpty()) {
      return refused("parents of an event", "none", "at least one");
    }
    if (header.prev().isPresent()) {
      LogEntry prev = log.entry(header.prev().get());
      return switch (EventCheck.followsPrev(header, prev.signer(), prev.seq(), prev.clock())) {
        case EventVerdict.Passed passed -> Optional.empty();
        case EventVerdict.Invalid bad -> refused(bad.what(), bad.seen(), bad.allowed());
      };
    }
    return join(log, candidate);
  }

  private static Optional<Refusal> join(Log log, Candidate candidate) {
    EventHeader header = candidate.event().header();
    if (header.seq() != 1 || header.kind() != EventKind.JOIN) {
      String seen = header.kind() + " with seq " + Long.toUnsignedString(header.seq());
      return refused("event without a previous one", seen, "JOIN with seq 1");
    }
    if (log.founderKey().filter(header.signer()::equals).isPresent()) {
      return refused("seq 1 of the founder's key", "a join", "the genesis only");
    }
    return admission(log, candidate);
  }

  // ---- admission

  private static Optional<Refusal> admission(Log log, Candidate candidate) {
    TopicPolicy policy = log.genesis().orElseThrow().policy();
    PublicKey principal = candidate.principal().orElseThrow();
    Join join = Join.CODEC.decode(candidate.event().payload()).orThrow();
    EventHeader header = candidate.event().header();
    return switch (policy.admission()) {
      case OPEN ->
          join.admissionProof().isEmpty()
              ? Optional.empty()
              : refused("admission proof", "present", "absent in an open topic");
      case NAMED ->
          join.admissionProof().isEmpty()
              ? named(log, header, principal)
              : refused("admission proof", "present", "absent where admitters name principals");
      case INVITED ->
          join.admissionProof().isEmpty()
              ? named(log, header, principal)
              : invited(log, header, principal, join.admissionProof().get());
    };
  }

  private static Optional<Refusal> named(Log log, EventHeader header, PublicKey principal) {
    if (isOfThePolicy(log, principal)) {
      return Optional.empty();
    }
    Admit admit = new Admit(Admit.Subject.PRINCIPAL, principal);
    for (EventId dep : header.deps()) {
      LogEntry cited = log.entry(dep);
      if (cited.principal().equals(principal) || admits(log, cited, admit)) {
        return Optional.empty();
      }
    }
    String allowed = "a principal of the policy, or one that a cited event lets in";
    return refused("principal of a join", principal.userText(), allowed);
  }

  /** Whether a principal may join a closed topic without citing anything in particular. */
  static boolean isOfThePolicy(Log log, PublicKey principal) {
    TopicPolicy policy = log.genesis().orElseThrow().policy();
    return policy.names(principal) || principal.equals(log.at(0).principal());
  }

  private static Optional<Refusal> invited(
      Log log, EventHeader header, PublicKey principal, AdmissionProof proof) {
    Admit admit = new Admit(Admit.Subject.INVITATION, proof.invitation());
    boolean admitted = false;
    for (EventId dep : header.deps()) {
      LogEntry cited = log.entry(dep);
      if (!cited.principal().equals(principal) && uses(log, cited, proof.invitation())) {
        return refused("invitation", "used by " + cited.principal().userText(), "an unused one");
      }
      admitted |= admits(log, cited, admit);
    }
    return admitted
        ? Optional.empty()
        : refused("invitation", proof.invitation().bytes().toHex(), "one that a cited event made");
  }

  /** Whether an event is an admit event that counts, and this one. */
  static boolean admits(Log log, LogEntry cited, Admit wanted) {
    if (cited.kind() != EventKind.ADMIT) {
      return false;
    }
    PublicKey author = cited.principal();
    boolean may =
        log.genesis().orElseThrow().policy().mayAdmit(author)
            || author.equals(log.at(0).principal());
    return may && Admit.CODEC.decode(payload(log, cited)).orThrow().equals(wanted);
  }

  /** Whether an event is a join that proves an invitation. */
  static boolean uses(Log log, LogEntry cited, PublicKey invitation) {
    if (cited.kind() != EventKind.JOIN) {
      return false;
    }
    Join join = Join.CODEC.decode(payload(log, cited)).orThrow();
    return join.admissionProof().filter(proof -> proof.invitation().equals(invitation)).isPresent();
  }

  /** The payload of one of the kernel's own events, which are all in memory. */
  private static Bytes payload(Log log, LogEntry cited) {
    return Optional.ofNullable(log.event(cited.id())).orElseThrow().payload();
  }

  private static Optional<Refusal> refused(String what, String seen, String allowed) {
    return Optional.of(new Refusal(what, seen, allowed));
  }
}
