// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.cli.terminal.Answer;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.cli.tools.Addresses;
import org.myrhiza.cli.tools.Page;
import org.myrhiza.relay.server.RelayOptions;
import org.myrhiza.relay.server.RelayServer;
import org.myrhiza.relay.server.RelayStartException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a relay that also serves the page. */
@Command(
    name = "relay",
    description = "Run a relay: it carries sealed frames, serves the page, and stores nothing.",
    footer = {"", "Example: myrhiza relay --listen 127.0.0.1:7420"})
final class RelayCommand extends BaseCommand {
  @Option(
      names = "--listen",
      paramLabel = "ADDR",
      defaultValue = "127.0.0.1:7420",
      description = "Address and port; port 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private String listen = "127.0.0.1:7420";

  @Option(
      names = "--name",
      paramLabel = "HOST:PORT",
      description = "A name under which clients reach it (behind DNS or a proxy); repeatable.")
  private List<String> names = new ArrayList<>();

  RelayCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected Answer answer() throws Failure {
    RelayServer relay = start();
    var json = Terminal.object();
    json.put("ws", relay.webSocketUrl());
    json.put("page", relay.pageUrl());
    Stop stop = Stop.with(relay::stop);
    terminal()
        .answer(
            Answer.of(json, "relay  " + relay.webSocketUrl() + "\npage   " + relay.pageUrl()),
            common().json());
    stop.await();
    return Answer.of(json, "");
  }

  private RelayServer start() throws Failure {
    try {
      return RelayServer.start(
          RelayOptions.defaults()
              .withListen(Addresses.parse(listen, "--listen"))
              .withNames(Addresses.parse(names, "--name"))
              .withPage(Page.files()));
    } catch (RelayStartException failed) {
      throw new Failure(
          ExitCode.FAILED,
          "listen",
          String.valueOf(failed.getMessage()),
          "Use another address with --listen HOST:PORT; port 0 takes any free one.",
          "--listen");
    }
  }
}
