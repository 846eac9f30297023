// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.myrhiza.jvm.peer.ConsentAsker;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;

/** A connection to the control socket of a running peer. */
public final class ControlClient implements AutoCloseable {
  private final SocketChannel channel;
  private final DataInputStream in;
  private final DataOutputStream out;

  private ControlClient(SocketChannel channel) {
    this.channel = channel;
    this.in = new DataInputStream(Channels.newInputStream(channel));
    this.out = new DataOutputStream(Channels.newOutputStream(channel));
  }

  /** Connects to the peer that owns a data folder; empty when none runs. */
  public static Optional<ControlClient> connect(Path dataFolder) {
    try {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.connect(ControlSocket.address(dataFolder));
        return Optional.of(new ControlClient(channel));
      } catch (IOException nobody) {
        channel.close();
        return Optional.empty();
      }
    } catch (IOException unsupported) {
      return Optional.empty();
    }
  }

  /**
   * Gives one command and waits for its reply.
   *
   * @param asker decides if the command needs a consent
   * @throws IOException if the peer stops or the connection fails before the reply
   */
  public Reply ask(Command command, ConsentAsker asker) throws IOException {
    ControlMessage.send(out, new ControlMessage.Ordered(command));
    while (true) {
      ControlMessage message =
          ControlMessage.receive(in)
              .orElseThrow(() -> new IOException("the peer closed the connection"));
      switch (message) {
        case ControlMessage.Replied(Reply reply) -> {
          return reply;
        }
        case ControlMessage.Asked(var bundle, var name, var summary) -> {
          CompletableFuture<Boolean> decision = new CompletableFuture<>();
          asker.ask(bundle, name, summary, decision::complete);
          ControlMessage.send(out, new ControlMessage.Decided(decision.join()));
        }
        case ControlMessage.Ordered ordered -> throw new IOException("a command from the peer");
        case ControlMessage.Decided decided -> throw new IOException("a decision from the peer");
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
