// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import org.jspecify.annotations.Nullable;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.PassedLimit;

/** Calls the app's {@code apply} and says what each call comes to. */
final class Calls {
  /** A verdict, or else the host's failure. */
  record Ruling(@Nullable Verdict verdict, String failure) {}

  private long calls;

  long count() {
    return calls;
  }

  Ruling call(Applier applier, Overlay overlay, Delivery event, long budget) {
    calls++;
    Outcome outcome = applier.apply(overlay, event, budget);
    PassedLimit passed = overlay.passed();
    if (passed != null && !(outcome instanceof Outcome.HostFailure)) {
      return ruled(Verdict.Kind.REJECTED, passed.message(), outcome.fuel());
    }
    return switch (outcome) {
      case Outcome.HostFailure(String reason) -> new Ruling(null, reason);
      case Outcome.Accepted(long fuel) -> ruled(Verdict.Kind.ACCEPTED, "", fuel);
      case Outcome.Rejected(String reason, long fuel) -> ruled(Verdict.Kind.REJECTED, reason, fuel);
      case Outcome.Trapped(String kind, long fuel) -> ruled(Verdict.Kind.TRAPPED, kind, fuel);
      case Outcome.OutOfFuel(long fuel) -> ruled(Verdict.Kind.OUT_OF_FUEL, "", fuel);
    };
  }

  private static Ruling ruled(Verdict.Kind kind, String reason, long fuel) {
    return new Ruling(new Verdict(kind, reason, fuel), "");
  }

  /** The fuel of an event: less for the first of a principal, but for a creation. */
  static long budget(Delivery event, boolean first, ApplyLimits limits) {
    return first && event.tag() != Delivery.CREATION_TAG
        ? Math.min(limits.eventFuel(), Limits.NEW_PRINCIPAL_FUEL)
        : limits.eventFuel();
  }
}
