// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.testkit.files.Repository;

/** What the launcher lets Java learn from goes to its end. */
@Tag("slow")
class RehearsalTest {
  private static final int MESSAGES = 20;

  @Test
  void chat_aFewMessages_allReachTheOneWhoJoinsLate(@TempDir Path data) throws Exception {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(nowhere, nowhere, false, false);
    Rehearsal rehearsal = new Rehearsal(terminal, Repository.root().resolve("apps/target"), data);
    rehearsal.commands();
    assertThat(rehearsal.chat(MESSAGES)).isGreaterThan(MESSAGES);
  }
}
