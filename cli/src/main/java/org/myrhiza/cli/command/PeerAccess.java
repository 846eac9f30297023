// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.identity.Secret;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.jvm.control.ControlClient;
import org.myrhiza.jvm.link.LinkException;
import org.myrhiza.jvm.peer.ConsentAsker;
import org.myrhiza.jvm.peer.Peer;
import org.myrhiza.jvm.peer.PeerOptions;
import org.myrhiza.jvm.store.DataException;
import org.myrhiza.jvm.store.DataFolder;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;

/**
 * The peer of a data folder: the running one through its control socket, or, when none runs, one
 * that lives for this command alone. Both give the same answers.
 */
final class PeerAccess implements AutoCloseable {
  /** What the kernel's own time-out gets before this side stops waiting. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** The running peer of a data folder, and who hears how far it is. */
  private record Running(Path folder, ControlClient client, SyncNotes notes) {}

  private final Optional<Running> running;
  private final Optional<Peer> peer;
  private final Duration timeout;

  private PeerAccess(Optional<Running> running, Optional<Peer> peer, Duration timeout) {
    this.running = running;
    this.peer = peer;
    this.timeout = timeout;
  }

  static PeerAccess open(Common common, Terminal terminal) throws Failure {
    Path folder = DataFolder.choose(common.data());
    Optional<Running> running =
        ControlClient.connect(folder)
            .map(client -> new Running(folder, client, new SyncNotes(terminal)));
    if (running.isPresent()) {
      return new PeerAccess(running, Optional.empty(), common.timeout());
    }
    return new PeerAccess(
        Optional.empty(), Optional.of(openPeer(options(common, terminal))), common.timeout());
  }

  /** Returns the options of a peer for a command's common options. */
  static PeerOptions options(Common common, Terminal terminal) {
    return PeerOptions.in(DataFolder.choose(common.data()))
        .withPassphrase(passphrase())
        .withEars(new SyncNotes(terminal));
  }

  static Peer openPeer(PeerOptions options) throws Failure {
    try {
      return Peer.open(options);
    } catch (DataException failed) {
      throw Failure.of(failed);
    } catch (LinkException failed) {
      throw new Failure(
          ExitCode.FAILED,
          "listen",
          String.valueOf(failed.getMessage()),
          "Use another address with --listen HOST:PORT; port 0 takes any free one.",
          "--listen");
    }
  }

  static Optional<Secret> passphrase() {
    return Optional.ofNullable(System.getenv("MYRHIZA_PASSPHRASE"))
        .filter(text -> !text.isEmpty())
        .map(text -> Secret.adopt(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns whether this command made the identity. */
  boolean created() {
    return peer.map(Peer::created).orElse(false);
  }

  /** Gives a command that needs no consent. */
  Reply ask(Command command) throws Failure {
    return ask(command, ConsentAsker.REFUSE);
  }

  /** Gives a command and waits; a reply that tells a failure is thrown as one. */
  Reply ask(Command command, ConsentAsker asker) throws Failure {
    CompletableFuture<Reply> answer = submit(command, asker);
    try {
      Reply reply = answer.get(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
      if (reply instanceof Reply.Failed failed) {
        throw Failure.of(failed);
      }
      return reply;
    } catch (TimeoutException late) {
      answer.cancel(false);
      throw new Failure(
          ExitCode.UNREACHED,
          "timeout",
          "no answer within " + timeout.toSeconds() + " seconds",
          "Try again with a longer --timeout.",
          "");
    } catch (ExecutionException failed) {
      throw new Failure(
          ExitCode.FAILED,
          "control",
          "the running peer did not answer: " + failed.getCause(),
          "Look at its output; it may have stopped.",
          "");
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.FAILED, "interrupted", "the command was interrupted", "", "");
    }
  }

  private CompletableFuture<Reply> submit(Command command, ConsentAsker asker) {
    if (peer.isPresent()) {
      ConsentAsker aside =
          (bundle, name, summary, decided) ->
              Thread.ofVirtual().start(() -> asker.ask(bundle, name, summary, decided));
      return peer.get().ask(command, aside);
    }
    Running other = running.orElseThrow();
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            answer.complete(other.client().ask(command, asker));
          } catch (IOException failed) {
            answer.completeExceptionally(failed);
          }
        });
    Following.of(other.folder(), other.notes(), answer);
    return answer;
  }

  /** Returns all instances. */
  List<InstanceStatus> instances() throws Failure {
    return expect(ask(new Command.ListApps()), Reply.Listed.class).instances();
  }

  /** Returns a reply as the type that its command promises. */
  static <T extends Reply> T expect(Reply reply, Class<T> type) {
    if (!type.isInstance(reply)) {
      throw new IllegalStateException("the kernel answered " + reply + " instead of a " + type);
    }
    return type.cast(reply);
  }

  @Override
  public void close() {
    peer.ifPresent(Peer::close);
    running.ifPresent(other -> closeQuietly(other.client()));
  }

  private static void closeQuietly(ControlClient connection) {
    try {
      connection.close();
    } catch (IOException gone) {
      // The connection ends with the process; the answer is already here.
      assert gone != null;
    }
  }
}
