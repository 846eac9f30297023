// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.command;

import java.util.Arrays;
import java.util.List;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The tree of all commands. */
public final class Commands {
  private Commands() {}

  /**
   * Runs one command line and returns the process's exit code.
   *
   * @param more commands of other packages, added to the tree
   */
  public static int run(Terminal terminal, List<CommandLine> more, String... args) {
    CommandLine root = tree(terminal, more);
    root.setOut(terminal.writer());
    boolean json = Arrays.asList(args).contains("--json");
    root.setParameterExceptionHandler((wrong, given) -> {
      String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
      terminal.failure(
          new Failure(
              ExitCode.WRONG_USE,
              "wrong-use",
              String.valueOf(wrong.getMessage()),
              "Try: " + command + " --help",
              ""),
          json);
      return ExitCode.WRONG_USE.code();
    });
    root.setExecutionExceptionHandler((failed, command, parsed) -> {
      terminal.failure(
          new Failure(
              ExitCode.FAILED,
              "internal",
              "an unexpected failure, please report it: " + failed,
              "Repeat with --verbose for the details.",
              ""),
          json);
      if (Arrays.asList(args).contains("--verbose")) {
        note(terminal, failed);
      }
      return ExitCode.FAILED.code();
    });
    return root.execute(args);
  }

  /** Shows the stack trace with all its causes. */
  private static void note(Terminal terminal, Throwable failed) {
    for (StackTraceElement frame : failed.getStackTrace()) {
      terminal.note("  at " + frame);
    }
    Throwable cause = failed.getCause();
    if (cause != null) {
      terminal.note("caused by: " + cause);
      note(terminal, cause);
    }
  }

  private static CommandLine tree(Terminal terminal, List<CommandLine> more) {
    CommandLine root = new CommandLine(new Group("Choose a command."));
    root.getCommandSpec()
        .name("myrhiza")
        .version("myrhiza " + Version.TEXT)
        .usageMessage()
        .description("Run apps together without a server.")
        .footer("", "Example: myrhiza demo");
    root.getCommandSpec()
        .addOption(
            CommandLine.Model.OptionSpec.builder("--version")
                .versionHelp(true)
                .description("Show the version.")
                .build());
    root.addSubcommand(new IdCommand(terminal));
    root.addSubcommand(
        group(
            "bundle",
            "Build and inspect bundle files.",
            "myrhiza bundle inspect counter.bundle",
            new BundleCommand.Build(terminal),
            new BundleCommand.Inspect(terminal)));
    root.addSubcommand(
        group(
            "app",
            "Create, join and use app instances.",
            "myrhiza app list",
            new AppCommand.Create(terminal),
            new AppCommand.Join(terminal),
            new AppCommand.ListAll(terminal),
            new AppCommand.Leave(terminal),
            new AppCommand.View(terminal),
            new AppCommand.Act(terminal),
            new AppCommand.Log(terminal),
            new AppCommand.Invite(terminal)));
    root.addSubcommand(
        group("peer", "Run this peer.", "myrhiza peer run", new PeerCommand(terminal)));
    root.addSubcommand(new RelayCommand(terminal));
    more.forEach(root::addSubcommand);
    root.addSubcommand(new Completion(terminal));
    return root;
  }

  /**
   * Returns a command that only holds others.
   *
   * @param description one sentence
   * @param example a command line
   * @param commands those that it holds
   */
  public static CommandLine group(
      String name, String description, String example, Object... commands) {
    CommandLine line = new CommandLine(new Group("Choose a command of " + name + "."));
    line.getCommandSpec().name(name);
    line.getCommandSpec().usageMessage().description(description).footer("", "Example: " + example);
    List.of(commands).forEach(line::addSubcommand);
    return line;
  }

  /** A command that only holds others. */
  @Command
  static final class Group implements Runnable {
    private final String missing;

    @CommandLine.Spec private @org.jspecify.annotations.Nullable CommandSpec spec;

    @CommandLine.Option(names = "--help", usageHelp = true, description = "Show this help.")
    private boolean help;

    @CommandLine.Option(names = "--json", hidden = true)
    private boolean json;

    Group(String missing) {
      this.missing = missing;
    }

    @Override
    public void run() {
      CommandSpec filled = java.util.Objects.requireNonNull(spec, "picocli fills it");
      throw new CommandLine.ParameterException(
          filled.commandLine(), missing + (help || json ? " " : ""));
    }
  }

  /** Prints a completion script. */
  @Command(
      name = "completion",
      description = "Print a completion script for bash and zsh.",
      footer = {"", "Example: source <(myrhiza completion)"})
  static final class Completion extends BaseCommand {
    Completion(Terminal terminal) {
      super(terminal);
    }

    @Override
    protected org.myrhiza.cli.terminal.Answer answer() {
      String script = AutoComplete.bash("myrhiza", spec().root().commandLine());
      var json = Terminal.object();
      json.put("script", script);
      return org.myrhiza.cli.terminal.Answer.of(json, script.stripTrailing());
    }
  }
}
