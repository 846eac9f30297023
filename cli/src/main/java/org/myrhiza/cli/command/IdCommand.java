// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.myrhiza.cli.terminal.Answer;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import picocli.CommandLine.Command;

/** Shows the identity of a data folder, making it when there is none. */
@Command(
    name = "id",
    description = "Show this installation's identity; make it when there is none.",
    footer = {"", "Example: myrhiza id --json"})
final class IdCommand extends BaseCommand {
  IdCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected Answer answer() throws Failure {
    try (PeerAccess access = PeerAccess.open(common(), terminal())) {
      var identity =
          PeerAccess.expect(
              access.ask(new org.myrhiza.kernel.Command.Identity()),
              org.myrhiza.kernel.Reply.Identified.class);
      ObjectNode json = Terminal.object();
      json.put("user", identity.user().userText());
      json.put("peer", identity.peer().peerText());
      json.put("created", access.created());
      return Answer.of(
          json, "user  " + identity.user().userText() + "\npeer  " + identity.peer().peerText());
    }
  }
}
