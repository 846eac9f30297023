// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Authority;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.frame.RelayMessage;
import org.myrhiza.frame.RelayProtocol;

/** A client of a test over a real socket: what it hears waits in a queue. */
final class TestClient extends WebSocketClient {
  static final long PATIENCE_SECONDS = 20;

  record Closed(int code, String reason) {}

  final TestKey key;
  final Authority relay;
  final BlockingQueue<RelayMessage> heard = new LinkedBlockingQueue<>();
  final CompletableFuture<Closed> closed = new CompletableFuture<>();

  private TestClient(RelayServer server, TestKey key) {
    super(URI.create(server.webSocketUrl()));
    this.relay = server.listen();
    this.key = key;
    setTcpNoDelay(true);
  }

  /** Connects and waits for the challenge to come; does not answer it. */
  static TestClient connected(RelayServer server, TestKey key) {
    TestClient client = new TestClient(server, key);
    try {
      assertThat(client.connectBlocking(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    return client;
  }

  static TestClient loggedIn(RelayServer server) {
    return loggedIn(server, TestKey.fresh());
  }

  static TestClient loggedIn(RelayServer server, TestKey key) {
    TestClient client = connected(server, key);
    client.say(key.login(client.hear(RelayMessage.Challenge.class).nonce(), client.relay));
    client.hear(RelayMessage.Welcome.class);
    return client;
  }

  TestClient in(ChannelId channel) {
    say(new RelayMessage.Join(channel));
    hear(RelayMessage.Members.class);
    return this;
  }

  void say(RelayMessage message) {
    send(RelayProtocol.encode(message).toArray());
  }

  void sayBytes(Bytes bytes) {
    send(bytes.toArray());
  }

  /** Waits for the next message, which must be of this kind. */
  <T extends RelayMessage> T hear(Class<T> kind) {
    try {
      RelayMessage message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(message).isInstanceOf(kind);
      return kind.cast(message);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  Closed hearClose() {
    try {
      return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException
        | java.util.concurrent.ExecutionException
        | java.util.concurrent.TimeoutException failed) {
      throw new AssertionError("the relay did not close", failed);
    }
  }

  /** Proves that nothing else was sent before: the pong comes next. */
  void hearNothing() {
    say(new RelayMessage.Ping(7));
    assertThat(hear(RelayMessage.Pong.class).number()).isEqualTo(7);
  }

  @Override
  public void onOpen(ServerHandshake handshake) {}

  @Override
  public void onMessage(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(copy);
    heard.add(RelayProtocol.decode(Bytes.adopt(copy)).orThrow());
  }

  @Override
  public void onMessage(String text) {
    throw new AssertionError("text from the relay");
  }

  @Override
  public void onClose(int code, String reason, boolean remote) {
    closed.complete(new Closed(code, reason));
  }

  @Override
  public void onError(Exception error) {}
}
