// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.Optional;
import java.util.function.Consumer;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.bundle.BundleVerdict;
import org.myrhiza.bundle.Consent;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.BundleId;
import org.myrhiza.instance.App;
import org.myrhiza.instance.Problem;

/** From the bytes of a bundle to an app that the user agreed to run. */
final class Consenting {
  private final House house;

  Consenting(House house) {
    this.house = house;
  }

  /** What a bundle file is. */
  sealed interface Checked {
    /** A bundle whose components can run here. */
    record Good(Library.Installed installed, App app) implements Checked {}

    /** Not such a bundle. */
    record Bad(Problem problem) implements Checked {}
  }

  /** Verifies hashes, signature and components. */
  Checked check(Bytes file) {
    return switch (Bundle.open(file, house.ports().verifier())) {
      case BundleVerdict.Refused refused -> new Checked.Bad(Refusals.badBundle(refused.message()));
      case BundleVerdict.Opened opened -> admit(new Library.Installed(opened.bundle(), file));
    };
  }

  /** Checks the components of a bundle that was verified. */
  Checked admit(Library.Installed installed) {
    return switch (house.ports().admission().admit(installed.bundle())) {
      case App.Admitted.Runs runs -> new Checked.Good(installed, runs.app());
      case App.Admitted.Refused refused -> new Checked.Bad(Refusals.badBundle(refused.reason()));
    };
  }

  /**
   * Asks the user, unless the bundle is trusted for this command or was agreed to before.
   *
   * @param command token of the command that waits
   * @param bundle what to agree to
   * @param trusted the bundle named with the command
   * @param then told the answer
   */
  void ask(long command, Bundle bundle, Optional<BundleId> trusted, Consumer<Boolean> then) {
    BundleId id = bundle.id();
    boolean known = house.library().get(id) != null;
    if (known || trusted.equals(Optional.of(id))) {
      then.accept(true);
      return;
    }
    Outbox.Summary summary =
        new Outbox.Summary(bundle.manifest().name(), Consent.summary(bundle.manifest()));
    house.outbox().askConsent(command, id, summary, then);
  }
}
