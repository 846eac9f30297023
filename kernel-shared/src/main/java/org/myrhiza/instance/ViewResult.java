// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import org.myrhiza.view.View;

/** What an instance shows now. */
public sealed interface ViewResult {
  /** Its view. */
  record Shown(View view) implements ViewResult {}

  /** It cannot be shown, for a reason. */
  record Unseen(Problem problem) implements ViewResult {}
}
