// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Ends a browser when this process ends, however it ends: a small shell waits for the end of a pipe
 * that only this process holds open, which closes even when this process is killed.
 */
final class Leash {
  private static final String WAIT_THEN_KILL =
      "trap '' INT TERM HUP; read -r _; kill -9 \"$@\" 2>/dev/null";

  private Leash() {}

  /** Ties the descendants of this process to it, for as long as the first of them lives. */
  static void tieDescendants() {
    if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows")) {
      return;
    }
    List<ProcessHandle> all = ProcessHandle.current().descendants().toList();
    if (all.isEmpty()) {
      return;
    }
    List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", WAIT_THEN_KILL, "leash"));
    all.forEach(each -> words.add(Long.toString(each.pid())));
    try {
      Process shell =
          new ProcessBuilder(words)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var _ = all.getFirst().onExit().thenRun(shell::destroyForcibly);
    } catch (IOException failed) {
      throw new UncheckedIOException("the browser cannot be tied to this process", failed);
    }
  }
}
