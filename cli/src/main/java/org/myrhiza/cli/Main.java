// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli;

import java.util.List;
import org.myrhiza.cli.command.Commands;
import org.myrhiza.cli.demo.DemoCommand;
import org.myrhiza.cli.terminal.Terminal;

/** The {@code myrhiza} command. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    Terminal terminal = Terminal.ofProcess(System.getenv());
    System.exit(Commands.run(terminal, List.of(new DemoCommand(terminal)), args));
  }
}
