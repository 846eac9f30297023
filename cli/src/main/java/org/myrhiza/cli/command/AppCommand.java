// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.cli.terminal.Answer;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.cli.tools.Addresses;
import org.myrhiza.cli.tools.BundleFiles;
import org.myrhiza.event.Admission;
import org.myrhiza.event.BundleId;
import org.myrhiza.instance.LogRow;
import org.myrhiza.jvm.peer.ConsentAsker;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;
import org.myrhiza.view.Field;
import org.myrhiza.view.Filling;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands around app instances. */
final class AppCommand {
  private static final int LOG_PAGE = 1000;

  private AppCommand() {}

  /** Asks on the terminal; without one, says what to trust and refuses. */
  private static ConsentAsker asker(Terminal terminal) {
    return (bundle, name, summary, decided) -> {
      boolean granted =
          terminal.confirm(summary, "Run " + terminal.style(Terminal.Style.BOLD, name) + " here?");
      decided.accept(granted);
    };
  }

  private static Optional<BundleId> trusted(@Nullable String text) throws Failure {
    if (text == null) {
      return Optional.empty();
    }
    return switch (BundleId.parse(text)) {
      case Decoded.Ok<BundleId>(BundleId id) -> Optional.of(id);
      case Decoded.Bad<BundleId> bad ->
          throw wrongUse(
              bad.malformed().message(), "A bundle id begins with mybundle1.", "--trust");
    };
  }

  private static List<Field> fields(List<String> given) throws Failure {
    List<Field> fields = new ArrayList<>();
    for (String text : given) {
      switch (Filling.parse(text)) {
        case Decoded.Ok<Field>(Field field) -> fields.add(field);
        case Decoded.Bad<Field> bad ->
            throw wrongUse(bad.malformed().message(), "Write each field as name=value.", text);
      }
    }
    return fields;
  }

  private static Failure wrongUse(String message, String hint, String at) {
    return new Failure(ExitCode.WRONG_USE, "wrong-use", message, hint, at);
  }

  private static String given(@Nullable String value) {
    return Objects.requireNonNull(value, "picocli requires it");
  }

  /** A command about one instance. */
  abstract static class OnInstance extends BaseCommand {
    @Parameters(
        index = "0",
        paramLabel = "INSTANCE",
        description =
            "A topic id, a unique prefix of one (6 characters or more after mytopic1), or a name.")
    private @Nullable String instance;

    OnInstance(Terminal terminal) {
      super(terminal);
    }

    final String instance() {
      return given(instance);
    }

    final <T extends Reply> T ask(Command command, Class<T> type) throws Failure {
      try (PeerAccess access = PeerAccess.open(common(), terminal())) {
        return PeerAccess.expect(access.ask(command), type);
      }
    }
  }

  /** Starts a new topic with an app. */
  @picocli.CommandLine.Command(
      name = "create",
      description = "Start a new topic with an app; fields feed its creation form.",
      footer = {
        "",
        "Example: myrhiza app create poll.bundle --name lunch title=Lunch? option=Soup option=Salad"
      })
  static final class Create extends BaseCommand {
    @Parameters(index = "0", paramLabel = "BUNDLE", description = "A bundle file.")
    private @Nullable Path bundle;

    @Parameters(
        index = "1..*",
        paramLabel = "field=value",
        description = "Repeat a field for a list.")
    private List<String> fields = new ArrayList<>();

    @Option(names = "--name", paramLabel = "N", description = "The topic's name; else the app's.")
    private String name = "";

    @Option(names = "--relay", paramLabel = "URL", description = "A relay to meet on; repeatable.")
    private List<String> relays = new ArrayList<>();

    @Option(names = "--trust", paramLabel = "BUNDLE-ID", description = "Consent to this bundle.")
    private @Nullable String trust;

    @Option(
        names = "--admission",
        paramLabel = "WHO",
        description =
            "Who may join: open (whoever has an invitation), invited (one user for each"
                + " invitation) or named (`app admit`). Default: open.")
    private String admission = "open";

    Create(Terminal terminal) {
      super(terminal);
    }

    @Override
    protected Answer answer() throws Failure {
      Admission who = MemberCommand.admission(admission);
      Bytes file = BundleFiles.read(Objects.requireNonNull(bundle, "picocli requires it"));
      Command command =
          new Command.CreateApp(
              file, name, fields(fields), Addresses.relays(relays), trusted(trust), who);
      try (PeerAccess access = PeerAccess.open(common(), terminal())) {
        return Shapes.opened(
            PeerAccess.expect(access.ask(command, asker(terminal())), Reply.Opened.class));
      }
    }
  }

  /** Joins a topic by its invitation. */
  @picocli.CommandLine.Command(
      name = "join",
      description =
          "Join a topic: fetch its bundle from peers, ask, sync, and return when in sync.",
      footer = {"", "Example: myrhiza app join myinvite1… --trust mybundle1…"})
  static final class Join extends BaseCommand {
    @Parameters(paramLabel = "INVITE", description = "An invitation, or a link that ends with one.")
    private @Nullable String invite;

    @Option(names = "--name", paramLabel = "N", description = "A local name; else the topic's.")
    private String name = "";

    @Option(names = "--trust", paramLabel = "BUNDLE-ID", description = "Consent to this bundle.")
    private @Nullable String trust;

    Join(Terminal terminal) {
      super(terminal);
    }

    @Override
    protected Answer answer() throws Failure {
      Command.JoinApp command =
          new Command.JoinApp(given(invite), name, trusted(trust), common().timeout().toMillis());
      // First, so that a mistyped invitation leaves no data folder behind.
      Optional<Reply.Failed> misuse = command.misuse();
      if (misuse.isPresent()) {
        throw Failure.of(misuse.get());
      }
      try (PeerAccess access = PeerAccess.open(common(), terminal())) {
        return Shapes.opened(
            PeerAccess.expect(access.ask(command, asker(terminal())), Reply.Opened.class));
      }
    }
  }

  /** Lists all instances. */
  @picocli.CommandLine.Command(
      name = "list",
      description = "List the app instances of this peer.",
      footer = {"", "Example: myrhiza app list --json"})
  static final class ListAll extends BaseCommand {
    ListAll(Terminal terminal) {
      super(terminal);
    }

    @Override
    protected Answer answer() throws Failure {
      try (PeerAccess access = PeerAccess.open(common(), terminal())) {
        return Shapes.instances(access.instances());
      }
    }
  }

  /** Leaves a topic and forgets it here. */
  @picocli.CommandLine.Command(
      name = "leave",
      description = "Leave a topic and remove it from this peer; the rest are listed.",
      footer = {"", "Example: myrhiza app leave lunch"})
  static final class Leave extends OnInstance {
    Leave(Terminal terminal) {
      super(terminal);
    }

    @Override
    protected Answer answer() throws Failure {
      try (PeerAccess access = PeerAccess.open(common(), terminal())) {
        PeerAccess.expect(access.ask(new Command.Leave(instance())), Reply.Departed.class);
        return Shapes.instances(access.instances());
      }
    }
  }

  /** Shows an instance's view as text. */
  @picocli.CommandLine.Command(
      name = "view",
      description = "Show an app's view as text, with its actions.",
      footer = {"", "Example: myrhiza app view lunch"})
  static final class View extends OnInstance {
    View(Terminal terminal) {
      super(terminal);
    }

    @Override
    protected Answer answer() throws Failure {
      return Shapes.viewed(ask(new Command.ViewApp(instance()), Reply.Viewed.class));
    }
  }

  /** Does an action of an app. */
  @picocli.CommandLine.Command(
      name = "act",
      description = "Do an action of an app's view; returns when it is durable.",
      footer = {"", "Example: myrhiza app act lunch vote option=Soup"})
  static final class Act extends OnInstance {
    @Parameters(index = "1", paramLabel = "ACTION", description = "An action of the current view.")
    private @Nullable String action;

    @Parameters(
        index = "2..*",
        paramLabel = "field=value",
        description = "Repeat a field for a list.")
    private List<String> fields = new ArrayList<>();

    @Option(names = "--wait", description = "Return when another peer has it.")
    private boolean waitForPeer;

    Act(Terminal terminal) {
      super(terminal);
    }

    @Override
    protected Answer answer() throws Failure {
      long waitMillis = waitForPeer ? common().timeout().toMillis() : 0;
      Command command = new Command.Act(instance(), given(action), fields(fields), waitMillis);
      Reply.Acted acted = ask(command, Reply.Acted.class);
      Answer answer = Shapes.acted(acted);
      return acted.verdict().accepted()
          ? answer
          : new Answer(answer.json(), answer.text(), ExitCode.REJECTED);
    }
  }

  /** Shows the log of an instance in canonical order. */
  @picocli.CommandLine.Command(
      name = "log",
      description = "Show an instance's events in canonical order, with their verdicts.",
      footer = {"", "Example: myrhiza app log lunch --json"})
  static final class Log extends OnInstance {
    Log(Terminal terminal) {
      super(terminal);
    }

    @Override
    protected Answer answer() throws Failure {
      try (PeerAccess access = PeerAccess.open(common(), terminal())) {
        List<LogRow> rows = new ArrayList<>();
        Reply.Logged page;
        do {
          page =
              PeerAccess.expect(
                  access.ask(new Command.AppLog(instance(), rows.size(), LOG_PAGE)),
                  Reply.Logged.class);
          rows.addAll(page.rows());
        } while (page.more());
        return Shapes.logged(rows);
      }
    }
  }

  /** Prints a current invitation. */
  @picocli.CommandLine.Command(
      name = "invite",
      description =
          "Print a current invitation to an instance; where each lets in one user, a new one.",
      footer = {"", "Example: myrhiza app invite lunch"})
  static final class Invite extends OnInstance {
    Invite(Terminal terminal) {
      super(terminal);
    }

    @Override
    protected Answer answer() throws Failure {
      Reply.Invited invited = ask(new Command.Invite(instance()), Reply.Invited.class);
      invited.warnings().forEach(warning -> terminal().note("warning: " + warning));
      var json = Terminal.object();
      json.put("instance", invited.instance().text());
      json.put("invite", invited.invite());
      return Answer.of(json, invited.invite());
    }
  }
}
