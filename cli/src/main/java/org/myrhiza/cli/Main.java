// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli;

import java.util.List;
import org.myrhiza.cli.command.Commands;
import org.myrhiza.cli.demo.DemoCommand;
import org.myrhiza.cli.sim.SimCommand;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.cli.wasm.ComposeCommand;
import org.myrhiza.cli.wasm.InspectCommand;
import org.myrhiza.cli.wasm.MeterCommand;
import org.myrhiza.cli.wasm.RunCommand;
import org.myrhiza.cli.wasm.ValidateCommand;
import org.myrhiza.cli.wasm.WastCommand;
import picocli.CommandLine;

/** The {@code myrhiza} command. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    Terminal terminal = Terminal.ofProcess(System.getenv());
    System.exit(Commands.run(terminal, more(terminal), args));
  }

  /** The commands of other packages than the tree's own. */
  static List<CommandLine> more(Terminal terminal) {
    return List.of(
        new CommandLine(new DemoCommand(terminal)),
        new CommandLine(new SimCommand(terminal)),
        Commands.group(
            "wasm",
            "Look at WebAssembly components, and run them.",
            "myrhiza wasm inspect apps/target/counter/apply.wasm",
            new InspectCommand(terminal),
            new ValidateCommand(terminal),
            new RunCommand(terminal),
            new MeterCommand(terminal),
            new ComposeCommand(terminal),
            new WastCommand(terminal)));
  }
}
