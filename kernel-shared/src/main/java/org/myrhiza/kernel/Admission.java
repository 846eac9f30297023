// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import org.myrhiza.bundle.Bundle;
import org.myrhiza.instance.App;

/** How a verified bundle becomes an app. */
@FunctionalInterface
public interface Admission {
  /** Checks the bundle's components and opens them. */
  App.Admitted admit(Bundle bundle);
}
