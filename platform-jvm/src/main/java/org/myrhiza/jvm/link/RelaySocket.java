// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.protocols.Protocol;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Malformed;
import org.myrhiza.frame.RelayMessage;
import org.myrhiza.frame.RelayProtocol;

/**
 * One WebSocket to a relay. It reads on a thread of its own, which waits while too many frames are
 * untaken, and it knows how much waits to be written, which the library does not say.
 */
final class RelaySocket extends WebSocketClient {
  /** What the owner hears, on the socket's threads. */
  record Ears(
      BiConsumer<RelaySocket, RelayMessage> message, BiConsumer<RelaySocket, String> closed) {}

  private final Ears ears;
  private final Intake intake = new Intake(() -> {}, () -> {});
  private final ArrayDeque<Integer> unsent = new ArrayDeque<>();
  private long unsentBytes;
  private volatile String lastError = "";

  RelaySocket(URI uri, Ears ears) {
    super(
        uri,
        new Draft_6455(
            List.of(), List.of(new Protocol("")), org.myrhiza.frame.Limits.RELAY_MESSAGE_BYTES),
        null,
        (int) Limits.WELCOME.toMillis());
    this.ears = ears;
    setTcpNoDelay(true);
    setDaemon(true);
    setConnectionLostTimeout((int) Limits.RELAY_PING.toSeconds());
  }

  /** Counts a frame that goes on to the kernel; returns what counts it out. */
  Runnable admit(int size) {
    return intake.admit(size);
  }

  /** Sends a message, or closes when the relay does not keep up. Only the owner's thread calls. */
  void send(RelayMessage message) {
    if (!isOpen()) {
      return;
    }
    byte[] bytes = RelayProtocol.encode(message).toArray();
    int waiting = ((WebSocketImpl) getConnection()).outQueue.size();
    while (unsent.size() > waiting) {
      unsentBytes -= unsent.removeFirst();
    }
    if (unsentBytes + bytes.length > Limits.UNSENT_BYTES) {
      lastError = "the relay reads too slowly";
      closeConnection(CloseFrame.ABNORMAL_CLOSE, lastError);
      return;
    }
    unsent.addLast(bytes.length);
    unsentBytes += bytes.length;
    try {
      send(bytes);
    } catch (WebsocketNotConnectedException closedMeanwhile) {
      lastError = lastError.isEmpty() ? "closed while sending" : lastError;
    }
  }

  @Override
  public void onOpen(ServerHandshake handshake) {}

  @Override
  public void onMessage(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(copy);
    switch (RelayProtocol.decode(Bytes.adopt(copy))) {
      case Decoded.Ok<RelayMessage>(RelayMessage message) -> {
        ears.message().accept(this, message);
        awaitRoom();
      }
      case Decoded.Bad<RelayMessage>(Malformed bad) -> {
        lastError = "the relay sent what is no message: " + bad.message();
        closeConnection(CloseFrame.PROTOCOL_ERROR, lastError);
      }
    }
  }

  private void awaitRoom() {
    try {
      intake.awaitRoom();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onMessage(String text) {
    lastError = "the relay sent text";
    closeConnection(CloseFrame.REFUSE, lastError);
  }

  @Override
  public void onClose(int code, String reason, boolean remote) {
    intake.end();
    String said = reason == null || reason.isEmpty() ? "closed with code " + code : reason;
    ears.closed().accept(this, lastError.isEmpty() ? said : lastError);
  }

  @Override
  public void onError(Exception error) {
    String text = error.getMessage();
    lastError = text == null ? "the connection failed" : text;
  }

  /** Ends the connection without waiting for the relay. */
  void abandon(String reason) {
    intake.end();
    closeConnection(CloseFrame.NORMAL, reason);
  }

  /** Lets the owner say why it closes, for the state that is told. */
  Consumer<String> blame() {
    return reason -> lastError = reason;
  }
}
