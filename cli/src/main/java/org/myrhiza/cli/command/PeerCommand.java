// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.myrhiza.cli.terminal.Answer;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.cli.tools.Addresses;
import org.myrhiza.frame.Authority;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.jvm.control.ControlServer;
import org.myrhiza.jvm.peer.Peer;
import org.myrhiza.jvm.peer.PeerEars;
import org.myrhiza.jvm.store.DataException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Keeps a peer up. */
@Command(
    name = "run",
    description = "Keep this peer up, so that others can join and sync with it.",
    footer = {"", "Example: myrhiza peer run --relay ws://127.0.0.1:7420/v1 --listen 0.0.0.0:7421"})
final class PeerCommand extends BaseCommand {
  @Option(
      names = "--relay",
      paramLabel = "URL",
      description = "A relay for new topics; repeatable.")
  private List<String> relays = new ArrayList<>();

  @Option(
      names = "--listen",
      paramLabel = "ADDR",
      description =
          "Accept direct QUIC links on this address; port 0 takes a free one; repeatable.")
  private List<String> listen = new ArrayList<>();

  PeerCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected Answer answer() throws Failure {
    Peer peer =
        PeerAccess.openPeer(
            PeerAccess.options(common(), terminal())
                .withRelays(Addresses.relays(relays))
                .withListen(Addresses.parse(listen, "--listen"))
                .withEars(new Lines()));
    ControlServer control = control(peer);
    Stop stop =
        Stop.with(() -> {
          control.close();
          peer.close();
        });
    ready(peer);
    stop.await();
    return Answer.of(Terminal.object(), "");
  }

  private static ControlServer control(Peer peer) throws Failure {
    try {
      return ControlServer.open(peer);
    } catch (DataException failed) {
      peer.close();
      throw Failure.of(failed);
    }
  }

  private void ready(Peer peer) {
    ObjectNode json = Terminal.object();
    json.put("status", "ready");
    json.put("user", peer.user().userText());
    json.put("peer", peer.instance().peerText());
    ArrayNode addresses = json.putArray("listen");
    peer.listening().forEach(address -> addresses.add(address.text()));
    String where =
        addresses.isEmpty()
            ? ""
            : ", listening on "
                + peer.listening().stream().map(Authority::text).collect(Collectors.joining(" "));
    terminal()
        .answer(
            Answer.of(json, "peer " + peer.instance().peerText() + " is up" + where),
            common().json());
  }

  /** Tells changes as they come. */
  private final class Lines implements PeerEars {
    @Override
    public void changed(InstanceStatus status) {
      ObjectNode json = Terminal.object();
      json.put("status", "instance");
      Shapes.instance(json, status);
      terminal().answer(Answer.of(json, Shapes.listed(status)), common().json());
    }

    @Override
    public void warned(String text) {
      terminal().note("warning: " + text);
    }
  }
}
