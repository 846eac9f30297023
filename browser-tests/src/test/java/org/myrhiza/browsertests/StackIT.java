// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.myrhiza.relay.server.PageFiles;

/** A page whose worker has less stack than guests are promised runs none and says why. */
final class StackIT {
  private static final String CALL = "target(...values)";

  /** Calls the guest with a few frames left of the real stack. */
  private static final String DEEP =
      """
      function deep(work) {
        let fit = 0;
        const fill = () => { fit++; fill(); };
        try { fill(); } catch { /* full */ }
        const down = (frames) => (frames > 0 ? down(frames - 1) : work());
        return down(fit - 400);
      }
      """;

  @Test
  void shortStack_runsNoGuest_andSaysWhatHelps() throws Exception {
    PageFiles shallow =
        AlteredPage.with(
            "engine.js", plain -> plain.replace(CALL, "deep(() => " + CALL + ")") + DEEP);
    try (Stage stage = new Stage(shallow)) {
      Stage.Staged app = stage.create("counter", "shallow");
      Tab page = stage.open("a");
      page.paste(app.invite());
      page.until("the question", () -> page.shown("trust"));
      page.click("trust");
      page.until("the word", () -> page.has(app) && page.attribute(app, "sync").equals("stopped"));
      page.until("the reason", () -> page.answer(app).contains("the stack here is too small"));
      assertThat(page.answer(app))
          .contains("The app does not run here", "native stack is exhausted", "use another browser")
          .endsWith(".")
          .doesNotContain(". ");
      assertThat(page.hasView(app)).isFalse();
    }
  }
}
