// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.log.KeptOrder;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.LogRecords;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.PassedLimit;

/** Calls the app's {@code apply} and says what each call comes to. */
final class Calls {
  /**
   * A verdict, or else the host's failure.
   *
   * @param misses whether there is no verdict because a value is in the store only
   */
  record Ruling(@Nullable Verdict verdict, String failure, boolean misses) {}

  private long calls;

  long count() {
    return calls;
  }

  Ruling call(Applier applier, Overlay overlay, Delivery event, long budget) {
    Outcome outcome = applier.apply(overlay, event, budget);
    if (overlay.misses()) {
      return new Ruling(null, "", true);
    }
    calls++;
    PassedLimit passed = overlay.passed();
    if (passed != null && !(outcome instanceof Outcome.HostFailure)) {
      return ruled(Verdict.Kind.REJECTED, passed.message(), outcome.fuel());
    }
    return switch (outcome) {
      case Outcome.HostFailure(String reason) -> new Ruling(null, reason, false);
      case Outcome.Accepted(long fuel) -> ruled(Verdict.Kind.ACCEPTED, "", fuel);
      case Outcome.Rejected(String reason, long fuel) -> ruled(Verdict.Kind.REJECTED, reason, fuel);
      case Outcome.Trapped(String kind, long fuel) -> ruled(Verdict.Kind.TRAPPED, kind, fuel);
      case Outcome.OutOfFuel(long fuel) -> ruled(Verdict.Kind.OUT_OF_FUEL, "", fuel);
    };
  }

  private static Ruling ruled(Verdict.Kind kind, String reason, long fuel) {
    return new Ruling(new Verdict(kind, reason, fuel), "", false);
  }

  /**
   * Returns the store keys of an event that is not in memory, and of those after it that are not
   * either.
   *
   * @param position where it stands among the kept ones
   * @param most how many keys at most
   */
  static List<Bytes> bodies(KeptOrder log, int position, LogEntry entry, int most) {
    List<Bytes> keys = new ArrayList<>();
    keys.add(LogRecords.key(log.topic(), entry.place()));
    long bytes = entry.sizeBytes();
    int at = position + 1;
    while (at < log.keptSize() && keys.size() < most && bytes < Limits.READ_BYTES) {
      LogEntry next = log.keptAt(at);
      if (log.event(next.id()) == null && !next.sameAs(entry)) {
        keys.add(LogRecords.key(log.topic(), next.place()));
        bytes += next.sizeBytes();
      }
      at++;
    }
    return keys;
  }

  /** The fuel of an event: less for the first of a principal, but for a creation. */
  static long budget(Delivery event, boolean first, ApplyLimits limits) {
    return first && event.tag() != Delivery.CREATION_TAG
        ? Math.min(limits.eventFuel(), Limits.NEW_PRINCIPAL_FUEL)
        : limits.eventFuel();
  }
}
