// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.cli.command.Commands;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.cli.tools.BundleFiles;
import org.myrhiza.frame.Authority;
import org.myrhiza.jvm.link.LinkException;
import org.myrhiza.jvm.peer.Peer;
import org.myrhiza.jvm.peer.PeerOptions;
import org.myrhiza.jvm.store.DataException;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;
import org.myrhiza.view.Field;

/**
 * What commands and peers do in their first seconds, done once when everything is built, so that
 * Java can note which classes that takes and how their methods are used: two commands, and a peer
 * that joins late what another one wrote. Not a command; the launcher runs it.
 */
final class Rehearsal {
  /** Messages of the chat: with four times as many, peers did not start better. */
  private static final int MESSAGES = 1_000;

  private static final int OUTSTANDING = 256;
  private static final long PATIENCE_SECONDS = 120;
  private static final Authority ANY_PORT = new Authority("127.0.0.1", 0);

  private final Terminal terminal;
  private final Path apps;
  private final Path data;

  /** Over the built apps in a folder, with data in another one that the caller removes. */
  Rehearsal(Terminal terminal, Path apps, Path data) {
    this.terminal = terminal;
    this.apps = apps;
    this.data = data;
  }

  /** Takes the folder of the built apps and one for data. */
  public static void main(String[] args) throws Exception {
    Terminal terminal = Terminal.ofProcess(System.getenv());
    Rehearsal rehearsal = new Rehearsal(terminal, Path.of(args[0]), Path.of(args[1]));
    rehearsal.commands();
    try {
      rehearsal.chat(MESSAGES);
    } catch (LinkException none) {
      terminal.note("No direct links on this system: " + none.getMessage());
    }
    System.exit(0);
  }

  private Bundle bundle(String app) throws Failure {
    return BundleFiles.build(apps.resolve(app), data.resolve("author"), Optional.empty());
  }

  /** Creates an app and lists it, as a user does. */
  void commands() throws Failure, IOException {
    Bundle counter = bundle("counter");
    Path file = Files.write(data.resolve("counter.bundle"), counter.encode().toArray());
    String folder = data.resolve("commands").toString();
    run("app", "create", file.toString(), "--trust", counter.id().text(), "--data", folder);
    run("app", "list", "--data", folder);
  }

  private void run(String... command) {
    int code = Commands.run(terminal, Main.more(terminal), command);
    if (code != 0) {
      throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
    }
  }

  /**
   * Lets one peer write and another one on this machine join late.
   *
   * @return the events that the second one has then
   */
  long chat(int messages)
      throws Failure,
          DataException,
          LinkException,
          ExecutionException,
          InterruptedException,
          TimeoutException {
    Bundle chat = bundle("chat");
    PeerOptions listening = PeerOptions.in(data.resolve("writer")).withListen(List.of(ANY_PORT));
    try (Peer writer = Peer.open(listening);
        Peer reader = Peer.open(PeerOptions.in(data.resolve("reader")))) {
      Reply.Opened opened = opened(writer.ask(create(chat)));
      write(writer, opened.status().instance().text(), messages);
      long patience = TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS);
      Command join = new Command.JoinApp(opened.invite(), "", Optional.of(chat.id()), patience);
      return opened(reader.ask(join)).status().counts().events();
    }
  }

  private static Command create(Bundle chat) {
    return new Command.CreateApp(
        chat.encode(), "rehearsal", List.of(), List.of(), Optional.of(chat.id()));
  }

  private static Reply.Opened opened(CompletableFuture<Reply> answer)
      throws ExecutionException, InterruptedException, TimeoutException {
    Reply reply = answered(answer);
    if (reply instanceof Reply.Opened opened) {
      return opened;
    }
    throw new IllegalStateException("not opened: " + reply);
  }

  private static Reply answered(CompletableFuture<Reply> answer)
      throws ExecutionException, InterruptedException, TimeoutException {
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static void write(Peer writer, String instance, int messages)
      throws ExecutionException, InterruptedException, TimeoutException {
    Deque<CompletableFuture<Reply>> waiting = new ArrayDeque<>();
    for (int i = 0; i < messages; i++) {
      if (waiting.size() == OUTSTANDING) {
        var _ = answered(waiting.remove());
      }
      List<Field> said = List.of(new Field("text", "message " + i + " of a rehearsal"));
      waiting.add(writer.ask(new Command.Act(instance, "say", said, 0)));
    }
    while (!waiting.isEmpty()) {
      var _ = answered(waiting.remove());
    }
  }
}
