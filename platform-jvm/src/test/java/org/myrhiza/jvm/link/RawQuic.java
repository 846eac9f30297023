// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.BoringSSLContextOption;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.handler.codec.quic.QuicStreamType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Authority;
import org.myrhiza.identity.PublicKey;

/** A QUIC client that says what it likes on its one stream. */
final class RawQuic implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final QuicChannel connection;
  private final Channel stream;

  private RawQuic(String address, Function<QuicChannel, QuicSslEngine> engines) throws Exception {
    Channel socket =
        new Bootstrap()
            .group(group)
            .channel(NioDatagramChannel.class)
            .handler(
                new QuicClientCodecBuilder()
                    .sslEngineProvider(engines)
                    .maxIdleTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .initialMaxData(1 << 20)
                    .initialMaxStreamDataBidirectionalLocal(1 << 20)
                    .build())
            .bind(0)
            .sync()
            .channel();
    Authority where = Authority.parse(address).orThrow();
    connection =
        QuicChannel.newBootstrap(socket)
            .handler(new Farewell())
            .remoteAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), where.port()))
            .connect()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    stream =
        connection
            .createStream(QuicStreamType.BIDIRECTIONAL, new ChannelInboundHandlerAdapter())
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Connects with a transport key, as a peer would. */
  static RawQuic connected(String address, TransportIdentity self, PublicKey remote)
      throws Exception {
    QuicTls tls = new QuicTls(self);
    return new RawQuic(address, channel -> tls.dialling(remote, channel.alloc()));
  }

  /** Connects without any certificate. */
  static RawQuic nameless(String address) throws Exception {
    QuicSslContext context =
        QuicSslContextBuilder.forClient()
            .trustManager(io.netty.handler.ssl.util.InsecureTrustManagerFactory.INSTANCE)
            .option(BoringSSLContextOption.SIGNATURE_ALGORITHMS, new String[] {"ed25519"})
            .endpointIdentificationAlgorithm(null)
            .applicationProtocols(QuicTls.PROTOCOL)
            .build();
    return new RawQuic(address, channel -> context.newEngine(channel.alloc()));
  }

  /** Writes a length and bytes, which need not agree. */
  void write(int length, Bytes bytes) {
    byte[] head = {
      (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length
    };
    var _ = stream.writeAndFlush(Unpooled.wrappedBuffer(head, bytes.toArray()));
  }

  void write(Bytes frame) {
    write(frame.size(), frame);
  }

  /** Returns the reason with which the other side closed. */
  String farewell() {
    try {
      return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failed) {
      throw new AssertionError("the other side did not close", failed);
    }
  }

  private final class Farewell extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
      if (event instanceof QuicConnectionCloseEvent close) {
        closed.complete(close.error() + " " + new String(QuicConnection.reason(close), UTF_8));
      }
      super.userEventTriggered(context, event);
    }
  }

  @Override
  public void close() {
    assertThat(connection).isNotNull();
    var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
