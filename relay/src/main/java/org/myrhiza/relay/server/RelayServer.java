// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.myrhiza.frame.Authority;
import org.myrhiza.frame.RelayUrl;
import org.myrhiza.relay.auth.JdkVerifier;
import org.myrhiza.relay.auth.Names;
import org.myrhiza.relay.channel.Hub;
import org.myrhiza.relay.channel.Outbox;
import org.myrhiza.relay.channel.RelayMetrics;

/**
 * A running relay: a WebSocket at {@code /v1}, the page's files, {@code /healthz}. It holds nothing
 * that outlives a connection, so it can be stopped and started at any time.
 */
public final class RelayServer implements AutoCloseable {
  static final AttributeKey<Outbox> OUTBOX = AttributeKey.valueOf("myrhiza.outbox");

  private static final int MOST_THREADS = 8;
  private static final int MOST_LINE_BYTES = 4_096;
  private static final int MOST_HEADER_BYTES = 16_384;
  private static final int CHUNK_BYTES = 8_192;
  private static final int MOST_BODY_BYTES = 1_024;
  private static final int BACKLOG = 1_024;

  /** Farewells may take this long, then the threads: together below five seconds. */
  private static final int FAREWELL_MILLIS = 2_500;

  private static final int THREADS_MILLIS = 1_500;

  private final EventLoopGroup loops;
  private final Channel server;
  private final Shared shared;
  private final Authority listen;
  private final ConnectionGate gate;
  private final AtomicBoolean stopped = new AtomicBoolean();

  private RelayServer(EventLoopGroup loops, Channel server, Shared shared, ConnectionGate gate) {
    this.loops = loops;
    this.server = server;
    this.shared = shared;
    this.gate = gate;
    int port = ((InetSocketAddress) server.localAddress()).getPort();
    this.listen = new Authority(shared.options().listen().host(), port);
  }

  /**
   * Starts a relay and returns when it listens.
   *
   * @throws RelayStartException if it cannot listen there
   */
  public static RelayServer start(RelayOptions options) throws RelayStartException {
    RelayMetrics metrics = new RelayMetrics();
    RelaySettings.Crowd crowd = options.settings().crowd();
    Shared shared =
        new Shared(
            options,
            new Names(options.names()),
            JdkVerifier.verifier(),
            new Hub(crowd.channels(), crowd.members(), metrics),
            metrics,
            new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true));
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS);
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("relay", true), NioIoHandler.newFactory());
    ConnectionGate gate = new ConnectionGate(crowd, metrics);
    ServerBootstrap bootstrap = bootstrap(loops, shared, gate);
    try {
      return new RelayServer(loops, bind(bootstrap, options), shared, gate);
    } catch (RelayStartException failed) {
      var _ = loops.shutdownGracefully(0, THREADS_MILLIS, TimeUnit.MILLISECONDS);
      throw failed;
    }
  }

  private static Channel bind(ServerBootstrap bootstrap, RelayOptions options)
      throws RelayStartException {
    Authority listen = options.listen();
    ChannelFuture bound = bind(bootstrap, listen, listen.port());
    boolean taken = bound.cause() instanceof BindException;
    if (taken && options.freePortIfTaken()) {
      bound = bind(bootstrap, listen, 0);
    }
    @Nullable Throwable cause = bound.cause();
    if (cause != null) {
      throw new RelayStartException(
          "the relay cannot listen on " + listen.text() + ": " + cause.getMessage(), cause);
    }
    return bound.channel();
  }

  private static ChannelFuture bind(ServerBootstrap bootstrap, Authority listen, int port) {
    return bootstrap.bind(new InetSocketAddress(listen.bareHost(), port)).awaitUninterruptibly();
  }

  private static ServerBootstrap bootstrap(
      EventLoopGroup loops, Shared shared, ConnectionGate gate) {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                fill(channel, gate, shared);
              }
            });
  }

  private static void fill(SocketChannel channel, ConnectionGate gate, Shared shared) {
    HttpDecoderConfig rules =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MOST_LINE_BYTES)
            .setMaxHeaderSize(MOST_HEADER_BYTES)
            .setMaxChunkSize(CHUNK_BYTES);
    long patience = shared.settings().times().request().toMillis();
    channel
        .pipeline()
        .addLast(gate)
        .addLast(new FlushConsolidationHandler())
        .addLast(Upgrade.IDLE, new IdleStateHandler(patience, 0, 0, TimeUnit.MILLISECONDS))
        .addLast(new HttpServerCodec(rules))
        .addLast(new HttpObjectAggregator(MOST_BODY_BYTES))
        .addLast(new HttpHandler(shared));
  }

  /** Returns where it listens, with the real port. */
  public Authority listen() {
    return listen;
  }

  /** Returns the port it listens on. */
  public int port() {
    return listen.port();
  }

  /** Returns the address for clients, such as {@code ws://127.0.0.1:7420/v1}. */
  public String webSocketUrl() {
    return new RelayUrl(false, listen).url();
  }

  /** Returns the address of the page, such as {@code http://127.0.0.1:7420/}. */
  public String pageUrl() {
    return "http://" + listen.text() + "/";
  }

  /** Returns the counters since the start. */
  public RelayMetrics metrics() {
    return shared.metrics();
  }

  /** Returns how many clients are logged in now. */
  public int members() {
    return shared.hub().size();
  }

  /** Returns how many channels have a member now. */
  public int channels() {
    return shared.hub().channels();
  }

  /** Stops listening, tells all clients, closes; takes at most five seconds. */
  public void stop() {
    if (!stopped.compareAndSet(false, true)) {
      return;
    }
    server.close().awaitUninterruptibly(FAREWELL_MILLIS);
    for (Channel client : shared.clients()) {
      @Nullable Outbox outbox = client.attr(OUTBOX).get();
      if (outbox != null) {
        outbox.drop(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE, "the relay stops");
      }
    }
    shared.clients().newCloseFuture().awaitUninterruptibly(FAREWELL_MILLIS);
    gate.close().awaitUninterruptibly(FAREWELL_MILLIS);
    loops
        .shutdownGracefully(0, THREADS_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(THREADS_MILLIS);
  }

  /** The same as {@link #stop}. */
  @Override
  public void close() {
    stop();
  }
}
