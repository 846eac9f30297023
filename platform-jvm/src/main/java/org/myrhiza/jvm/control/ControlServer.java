// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.myrhiza.jvm.peer.Peer;
import org.myrhiza.jvm.store.DataException;
import org.myrhiza.kernel.Reply;

/** Serves the control socket of a running peer. One virtual thread a connection. */
public final class ControlServer implements AutoCloseable {
  /** Connections at once; more are closed at their first message. */
  private static final int CONNECTIONS = 64;

  private final Peer peer;
  private final Path socket;
  private final ServerSocketChannel server;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  private ControlServer(Peer peer, Path socket, ServerSocketChannel server) {
    this.peer = peer;
    this.socket = socket;
    this.server = server;
  }

  /**
   * Opens the control socket of a peer's data folder.
   *
   * @throws DataException if the socket cannot be made
   */
  public static ControlServer open(Peer peer) throws DataException {
    Path folder = peer.folder().path();
    try {
      ControlSocket.makeRoom(folder);
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(ControlSocket.address(folder));
      ControlServer control = new ControlServer(peer, ControlSocket.path(folder), server);
      Thread.ofVirtual().name("myrhiza-control").start(control::accept);
      return control;
    } catch (IOException failed) {
      throw new DataException(
          DataException.Kind.DENIED,
          "the control socket of " + folder + " cannot be made: " + failed.getMessage(),
          "Check the folder's permissions; other commands cannot reach this peer without it.",
          failed);
    }
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        if (open.size() >= CONNECTIONS) {
          client.close();
          continue;
        }
        open.add(client);
        if (closing) {
          client.close();
        }
        Thread.ofVirtual().name("myrhiza-control-client").start(() -> serve(client));
      } catch (ClosedChannelException ended) {
        return;
      } catch (IOException failed) {
        close();
        return;
      }
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      new Connection(client).run();
    } catch (IOException gone) {
      // A client that went away or spoke nonsense loses its connection; its command was taken back.
      assert gone != null;
    } finally {
      open.remove(client);
    }
  }

  /** Whoever is accepted while this runs is closed by {@link #accept}, which looks afterwards. */
  @Override
  public void close() {
    closing = true;
    try (server) {
      for (SocketChannel client : open) {
        client.close();
      }
      Files.deleteIfExists(socket);
    } catch (IOException gone) {
      // The socket's file is removed by the next owner at the latest.
      assert gone != null;
    }
  }

  /** One client. A second thread writes, since replies come while the next message is awaited. */
  private final class Connection {
    private final DataInputStream in;
    private final DataOutputStream out;
    private final AtomicReference<Optional<Consumer<Boolean>>> asking =
        new AtomicReference<>(Optional.empty());

    Connection(SocketChannel client) {
      in = new DataInputStream(Channels.newInputStream(client));
      out = new DataOutputStream(Channels.newOutputStream(client));
    }

    void run() throws IOException {
      CompletableFuture<Reply> current = CompletableFuture.completedFuture(new Reply.Done());
      try {
        for (Optional<ControlMessage> message = ControlMessage.receive(in);
            message.isPresent();
            message = ControlMessage.receive(in)) {
          switch (message.get()) {
            case ControlMessage.Ordered(var command) -> {
              if (!current.isDone()) {
                throw new IOException("a second command before the first was answered");
              }
              current = peer.ask(command, this::ask);
              var _ = current.thenAccept(reply -> later(new ControlMessage.Replied(reply)));
            }
            case ControlMessage.Decided(boolean granted) ->
                asking.getAndSet(Optional.empty()).ifPresent(answer -> answer.accept(granted));
            case ControlMessage.Replied replied -> throw new IOException("a reply from a client");
            case ControlMessage.Asked asked -> throw new IOException("a question from a client");
          }
        }
      } finally {
        asking.getAndSet(Optional.empty()).ifPresent(answer -> answer.accept(false));
        current.cancel(false);
      }
    }

    private void ask(
        org.myrhiza.event.BundleId bundle,
        String name,
        java.util.List<String> summary,
        Consumer<Boolean> answer) {
      asking.set(Optional.of(answer));
      later(new ControlMessage.Asked(bundle, name, summary));
    }

    private void later(ControlMessage message) {
      Thread.ofVirtual().start(() -> send(message));
    }

    private synchronized void send(ControlMessage message) {
      try {
        ControlMessage.send(out, message);
      } catch (IOException gone) {
        // The reading side meets the same end and takes the command back.
        assert gone != null;
      }
    }
  }
}
