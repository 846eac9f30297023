// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.myrhiza.frame.Limits;
import org.myrhiza.frame.RelayMessage;

/**
 * What waits to be written to one client, bounded in bytes and in time.
 *
 * <p>The socket's write watermarks say when the client is behind. While it is, who sends to it
 * alone is not read ({@link #whenWritable}); a client that stays behind for {@code grace}, or for
 * which more than {@code mostBytes} wait, is dropped and told why. Any thread may call.
 */
public final class Outbox {
  /** How long a dropped client may take to read its farewell. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  /** RFC 6455: a control frame has 125 bytes, of which two are the status. */
  private static final int CLOSE_REASON_CHARS = 123;

  private final Channel socket;
  private final long mostBytes;
  private final Duration grace;
  private final RelayMetrics metrics;
  private final AtomicBoolean dropped = new AtomicBoolean();
  private final ConcurrentLinkedQueue<Runnable> waiters = new ConcurrentLinkedQueue<>();

  /**
   * Wraps a socket whose write watermarks are set.
   *
   * @param socket the client's WebSocket
   * @param mostBytes how far above its low watermark the socket's queue may grow
   * @param grace how long it may stay above its high watermark
   * @param metrics counts drops
   */
  public Outbox(Channel socket, long mostBytes, Duration grace, RelayMetrics metrics) {
    this.socket = socket;
    this.mostBytes = mostBytes;
    this.grace = grace;
    this.metrics = metrics;
  }

  /** Writes a message of ours. */
  public void send(RelayMessage message) {
    send(Wire.of(message));
  }

  /** Writes whole WebSocket bytes and takes over one reference to them. */
  void send(ByteBuf wire) {
    if (dropped.get()) {
      wire.release();
      return;
    }
    if (!socket.isWritable() && socket.bytesBeforeWritable() > mostBytes) {
      wire.release();
      dropSlow("more than " + mostBytes + " bytes wait to be read");
      return;
    }
    var _ = socket.writeAndFlush(wire, socket.voidPromise());
  }

  /** Returns whether the client keeps up. */
  boolean writable() {
    return socket.isWritable();
  }

  /** Runs a task once, on this socket's thread, when the client keeps up again or is gone. */
  void whenWritable(Runnable task) {
    waiters.add(task);
    if (socket.isWritable() || !socket.isActive()) {
      runWaiters();
    }
  }

  /** The socket's watermarks were crossed, or it closed; called on its thread. */
  public void writabilityChanged() {
    if (socket.isWritable() || !socket.isActive()) {
      runWaiters();
      return;
    }
    var _ =
        socket
            .eventLoop()
            .schedule(this::checkStillBehind, grace.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Says why and closes; what still comes from the client is ignored. Only the first call counts.
   */
  public void drop(WebSocketCloseStatus status, String reason) {
    if (!dropped.compareAndSet(false, true)) {
      return;
    }
    String said = cut(reason, Limits.TEXT_BYTES);
    var _ = socket.write(Wire.of(new RelayMessage.Dropped(said)), socket.voidPromise());
    var _ =
        socket
            .writeAndFlush(new CloseWebSocketFrame(status, cut(said, CLOSE_REASON_CHARS)))
            .addListener(told -> sayNoMore(told.isSuccess()));
    var _ = socket.eventLoop().schedule(this::closeNow, FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Ends this side only. Closed at once, with bytes of the client still unread, the connection is
   * reset, and the client never reads why; it closes the other side when it has read the farewell.
   */
  private void sayNoMore(boolean told) {
    if (told && socket instanceof DuplexChannel duplex) {
      var _ = duplex.shutdownOutput();
    } else {
      closeNow();
    }
  }

  private void closeNow() {
    var _ = socket.close();
  }

  /** Returns whether the client was told to go. */
  public boolean isDropped() {
    return dropped.get();
  }

  private void checkStillBehind() {
    if (socket.isActive() && !socket.isWritable()) {
      dropSlow("behind for " + grace.toSeconds() + " s");
    }
  }

  private void dropSlow(String detail) {
    if (!dropped.get()) {
      metrics.count(RelayMetrics.Count.SLOW_DROPPED);
    }
    drop(WebSocketCloseStatus.POLICY_VIOLATION, "slow consumer: " + detail);
  }

  private void runWaiters() {
    for (@Nullable Runnable task = waiters.poll(); task != null; task = waiters.poll()) {
      socket.eventLoop().execute(task);
    }
  }

  /** Our reasons are ASCII, so characters are bytes. */
  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}
