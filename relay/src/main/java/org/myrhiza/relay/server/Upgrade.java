// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.myrhiza.frame.Authority;
import org.myrhiza.frame.Limits;

/** Turns an HTTP connection into a client's WebSocket. */
final class Upgrade {
  static final String IDLE = "idle";
  private static final String WRONG = "Here speaks a WebSocket of version 13.\n";

  private static final WebSocketDecoderConfig RULES =
      WebSocketDecoderConfig.newBuilder()
          .maxFramePayloadLength(Limits.RELAY_MESSAGE_BYTES)
          .allowExtensions(false)
          .expectMaskedFrames(true)
          .allowMaskMismatch(false)
          .closeOnProtocolViolation(false)
          .build();

  private Upgrade() {}

  /** Begins, or returns why it does not. */
  static Optional<String> begin(
      ChannelHandlerContext context, FullHttpRequest request, Authority host, Shared shared) {
    @Nullable WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory("ws://" + host.text() + "/v1", null, RULES)
            .newHandshaker(request);
    if (handshaker == null) {
      return Optional.of(WRONG);
    }
    HttpHeaders headers = new DefaultHttpHeaders();
    SecurityHeaders.set(headers, host);
    Channel channel = context.channel();
    ClientHandler client = new ClientHandler(shared);
    try {
      handshaker
          .handshake(channel, request, headers, channel.newPromise())
          .addListener(done -> begun(channel, context, done.isSuccess(), client));
    } catch (WebSocketHandshakeException incomplete) {
      return Optional.of(WRONG);
    }
    client.prepare(channel);
    ChannelPipeline pipeline = channel.pipeline();
    long silence = shared.settings().times().silence().toMillis();
    pipeline.replace(IDLE, IDLE, new IdleStateHandler(silence, 0, 0, TimeUnit.MILLISECONDS));
    pipeline.addLast(new WebSocketFrameAggregator(Limits.RELAY_MESSAGE_BYTES));
    pipeline.addLast(client);
    return Optional.empty();
  }

  private static void begun(
      Channel channel, ChannelHandlerContext http, boolean success, ClientHandler client) {
    if (!success) {
      var _ = channel.close();
      return;
    }
    channel.pipeline().remove(http.handler());
    client.begin();
  }
}
