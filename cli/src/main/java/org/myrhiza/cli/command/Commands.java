// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

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
      terminal.failure(wrongUse(wrong), json);
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
        terminal.note(trace(failed));
      }
      return ExitCode.FAILED.code();
    });
    return root.execute(args);
  }

  private static Failure wrongUse(ParameterException wrong) {
    CommandLine line = wrong.getCommandLine();
    String command = line.getCommandSpec().qualifiedName();
    String message = String.valueOf(wrong.getMessage());
    String hint = "Try: " + command + " --help";
    if (!line.getSubcommands().isEmpty()) {
      hint = "Commands: " + String.join(", ", line.getSubcommands().keySet()) + ". " + hint;
      if (wrong instanceof UnmatchedArgumentException unmatched) {
        String first = unmatched.getUnmatched().getFirst();
        message =
            first.startsWith("-")
                ? first + " stands where a command of " + command + " is expected"
                : command + " has no command \"" + first + "\"";
      }
    }
    return new Failure(ExitCode.WRONG_USE, "wrong-use", message, hint, "");
  }

  /** The stack trace with all its causes, the innermost last. */
  private static String trace(Throwable failed) {
    List<String> lines = new ArrayList<>();
    for (@Nullable Throwable at = failed; at != null; at = at.getCause()) {
      lines.add(at.toString());
      for (StackTraceElement frame : at.getStackTrace()) {
        lines.add("  at " + frame);
      }
    }
    return String.join("\n", lines);
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
            new AppCommand.Invite(terminal),
            new MemberCommand.Admit(terminal),
            new MemberCommand.Fence(terminal)));
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

    @CommandLine.Spec private @Nullable CommandSpec spec;

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
      throw new ParameterException(filled.commandLine(), missing + (help || json ? " " : ""));
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
