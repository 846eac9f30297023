// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.cli.terminal.Answer;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.event.Admission;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;
import picocli.CommandLine.Parameters;

/** The commands that say who may take part in a topic. */
final class MemberCommand {
  private MemberCommand() {}

  /** Reads {@code open}, {@code invited} or {@code named}. */
  static Admission admission(String text) throws Failure {
    for (Admission admission : Admission.values()) {
      if (admission.name().toLowerCase(Locale.ROOT).equals(text)) {
        return admission;
      }
    }
    throw new Failure(
        ExitCode.WRONG_USE,
        "wrong-use",
        "admission \"" + text + "\"; allowed open, invited, named",
        "Everybody with an invitation may join an open topic.",
        "--admission");
  }

  /** A command about a user of an instance. */
  abstract static class OnUser extends AppCommand.OnInstance {
    @Parameters(index = "1", paramLabel = "USER", description = "What `id` shows as user.")
    private @Nullable String user;

    OnUser(Terminal terminal) {
      super(terminal);
    }

    final PublicKey user() throws Failure {
      String text = Objects.requireNonNull(user, "picocli requires it");
      return switch (PublicKey.parseUser(text)) {
        case Decoded.Ok<PublicKey>(PublicKey key) -> key;
        case Decoded.Bad<PublicKey> bad ->
            throw new Failure(
                ExitCode.WRONG_USE,
                "wrong-use",
                bad.malformed().message(),
                "A user begins with myuser1; `id` shows one's own.",
                text);
      };
    }

    final Answer governed(Command command, String text) throws Failure {
      Reply.Governed reply = ask(command, Reply.Governed.class);
      ObjectNode json = Terminal.object();
      json.put("instance", reply.instance().text());
      json.put("user", reply.user().userText());
      if (reply.event().isPresent()) {
        json.put("event", reply.event().get().text());
      } else {
        json.putNull("event");
      }
      String before = reply.event().isPresent() ? "" : " already";
      return Answer.of(json, reply.user().userText() + before + " " + text);
    }
  }

  /** Lets a user in by name. */
  @picocli.CommandLine.Command(
      name = "admit",
      description = "Let a user into a topic that is not open.",
      footer = {"", "Example: myrhiza app admit lunch myuser1…"})
  static final class Admit extends OnUser {
    Admit(Terminal terminal) {
      super(terminal);
    }

    @Override
    protected Answer answer() throws Failure {
      return governed(new Command.Admit(instance(), user()), "may take part");
    }
  }

  /** Shuts a user out. */
  @picocli.CommandLine.Command(
      name = "fence",
      description = "Shut a user out of a topic for good; what he did before stays.",
      footer = {"", "Example: myrhiza app fence lunch myuser1…"})
  static final class Fence extends OnUser {
    Fence(Terminal terminal) {
      super(terminal);
    }

    @Override
    protected Answer answer() throws Failure {
      return governed(new Command.Fence(instance(), user()), "is shut out");
    }
  }
}
