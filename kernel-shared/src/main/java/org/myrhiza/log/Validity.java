// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Optional;
import org.myrhiza.event.Admission;
import org.myrhiza.event.EventCheck;
import org.myrhiza.event.EventHeader;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.EventVerdict;
import org.myrhiza.event.Genesis;

/** What of validity needs the ancestors (rules.md, section 4), once all parents are valid. */
final class Validity {
  private Validity() {}

  static Optional<Refusal> judge(Log log, Candidate candidate) {
    EventHeader header = candidate.event().header();
    if (header.kind() == EventKind.GENESIS) {
      return genesis(candidate);
    }
    if (header.parents().isEmpty()) {
      return refused("parents of an event", "none", "at least one");
    }
    if (header.prev().isPresent()) {
      LogEntry prev = log.entry(header.prev().get());
      return switch (EventCheck.followsPrev(header, prev.event().header())) {
        case EventVerdict.Passed passed -> Optional.empty();
        case EventVerdict.Invalid bad -> refused(bad.what(), bad.seen(), bad.allowed());
      };
    }
    return join(log, header);
  }

  private static Optional<Refusal> genesis(Candidate candidate) {
    Genesis genesis = Genesis.CODEC.decode(candidate.event().payload()).orThrow();
    if (genesis.policy().admission() != Admission.OPEN) {
      return refused("admission", genesis.policy().admission().toString(), "open");
    }
    return Optional.empty();
  }

  private static Optional<Refusal> join(Log log, EventHeader header) {
    if (header.seq() != 1 || header.kind() != EventKind.JOIN) {
      String seen = header.kind() + " with seq " + Long.toUnsignedString(header.seq());
      return refused("event without a previous one", seen, "JOIN with seq 1");
    }
    if (log.founderKey().filter(header.signer()::equals).isPresent()) {
      return refused("seq 1 of the founder's key", "a join", "the genesis only");
    }
    return Optional.empty();
  }

  private static Optional<Refusal> refused(String what, String seen, String allowed) {
    return Optional.of(new Refusal(what, seen, allowed));
  }
}
