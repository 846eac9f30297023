// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Malformed;
import org.myrhiza.frame.Authority;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.kernel.LinkKind;

/**
 * The links over QUIC: dialled and accepted connections, at most one link per remote key.
 *
 * <p>When two peers dial each other at once, both keep the connection that the smaller key dialled,
 * so they agree without a word. A connection of a newer run of the remote always replaces one of an
 * older run, which can only be dead.
 */
final class QuicLinks implements QuicConnection.Owner {
  private static final AttributeKey<QuicConnection> CONNECTION =
      AttributeKey.valueOf("myrhiza.connection");

  /** A group that shuts down closes its sockets before it runs what was asked before. */
  private static final Duration FAREWELL = Duration.ofMillis(300);

  private final PublicKey self;
  private final Duration patience;
  private final Predicate<PublicKey> admits;
  private final Loop loop;
  private final LinkEvents events;
  private final LongSupplier numbers;
  private final QuicTls tls;
  private final Bytes run;
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("myrhiza-quic", true), NioIoHandler.newFactory());
  private final AtomicInteger open = new AtomicInteger();
  private final Map<PublicKey, QuicConnection> up = new LinkedHashMap<>();
  private final Map<Long, QuicConnection> byLink = new LinkedHashMap<>();
  private @Nullable Channel dialSocket;

  QuicLinks(LinksOptions options, Loop loop, LinkEvents events, LongSupplier numbers) {
    this.self = options.identity().key();
    this.patience = options.dialPatience();
    this.loop = loop;
    this.events = events;
    this.numbers = numbers;
    this.tls = new QuicTls(options.identity());
    this.admits = options.admits();
    byte[] random = new byte[LinkHello.RUN_BYTES];
    new SecureRandom().nextBytes(random);
    this.run = Bytes.adopt(random);
  }

  @Override
  public PublicKey self() {
    return self;
  }

  @Override
  public boolean admits(PublicKey remote) {
    return admits.test(remote);
  }

  /** Listens on a UDP port; returns where. Any thread. */
  Authority listen(Authority where) throws LinkException {
    ChannelHandler codec =
        bounded(new QuicServerCodecBuilder().sslContext(tls.server()), 1)
            .handler(
                new ChannelInitializer<QuicChannel>() {
                  @Override
                  protected void initChannel(QuicChannel channel) {
                    accept(channel);
                  }
                })
            .streamHandler(
                new ChannelInitializer<QuicStreamChannel>() {
                  @Override
                  protected void initChannel(QuicStreamChannel stream) {
                    QuicConnection connection = stream.parent().attr(CONNECTION).get();
                    stream.pipeline().addLast(connection.streamHandlers());
                  }
                })
            .build();
    InetSocketAddress address = new InetSocketAddress(where.bareHost(), where.port());
    ChannelFuture bound = udp(codec).bind(address).awaitUninterruptibly();
    @Nullable Throwable cause = bound.cause();
    if (cause != null) {
      String message = "cannot listen on UDP " + where.text() + ": " + cause.getMessage();
      throw new LinkException(message, cause);
    }
    int port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
    return new Authority(where.host(), port);
  }

  private Bootstrap udp(ChannelHandler codec) {
    return new Bootstrap().group(group).channel(NioDatagramChannel.class).handler(codec);
  }

  private static <B extends QuicCodecBuilder<B>> B bounded(B builder, int remoteStreams) {
    return builder
        .maxIdleTimeout(Limits.QUIC_IDLE.toMillis(), TimeUnit.MILLISECONDS)
        .maxSendUdpPayloadSize(Limits.UDP_PAYLOAD_BYTES)
        .maxRecvUdpPayloadSize(Limits.UDP_PAYLOAD_BYTES)
        .initialMaxData(Limits.QUIC_WINDOW_BYTES)
        .initialMaxStreamDataBidirectionalLocal(Limits.QUIC_STREAM_WINDOW_BYTES)
        .initialMaxStreamDataBidirectionalRemote(Limits.QUIC_STREAM_WINDOW_BYTES)
        .initialMaxStreamsBidirectional(remoteStreams)
        .initialMaxStreamsUnidirectional(0);
  }

  private void accept(QuicChannel channel) {
    QuicConnection connection = QuicConnection.accepted(this);
    channel.attr(CONNECTION).set(connection);
    channel.pipeline().addLast(connection);
    watch(channel, connection);
  }

  private void watch(QuicChannel channel, QuicConnection connection) {
    channel.closeFuture().addListener(closed -> open.decrementAndGet());
    if (open.incrementAndGet() > Limits.QUIC_CONNECTIONS) {
      connection.close(QuicConnection.Code.CLOSED, "too many connections");
      return;
    }
    loop.after(
        patience,
        () -> {
          if (connection.link == 0) {
            connection.close(QuicConnection.Code.HELLO_REFUSED, "no hello came in time");
          }
        });
  }

  /** Tries once to link to a key at an address. */
  void dial(PublicKey remote, String address) {
    if (up.containsKey(remote) || remote.equals(self)) {
      String reason = remote.equals(self) ? "this is our own key" : "already linked";
      events.dialFailed(remote, address, reason);
      return;
    }
    switch (Authority.parse(address)) {
      case Decoded.Bad<Authority>(Malformed bad) ->
          events.dialFailed(remote, address, bad.message());
      case Decoded.Ok<Authority>(Authority where) ->
          Thread.ofVirtual().start(() -> resolve(remote, address, where));
    }
  }

  /** Names are looked up on a thread of its own: that may take seconds. */
  private void resolve(PublicKey remote, String address, Authority where) {
    InetSocketAddress found = new InetSocketAddress(where.bareHost(), where.port());
    loop.run(() -> {
      if (found.isUnresolved()) {
        events.dialFailed(remote, address, "the name " + where.host() + " is not known");
      } else {
        connect(remote, address, found);
      }
    });
  }

  private void connect(PublicKey remote, String address, InetSocketAddress where) {
    @Nullable Channel socket = dialSocket();
    if (socket == null) {
      events.dialFailed(remote, address, "no UDP socket can be opened");
      return;
    }
    QuicConnection connection = QuicConnection.dialling(this, remote, address);
    LinkHello hello = new LinkHello(self, remote, run);
    QuicChannel.newBootstrap(socket)
        .attr(CONNECTION, connection)
        .handler(
            new ChannelInitializer<QuicChannel>() {
              @Override
              protected void initChannel(QuicChannel channel) {
                channel.pipeline().addLast(connection);
                watch(channel, connection);
              }
            })
        .remoteAddress(where)
        .connect()
        .addListener(connected -> {
          if (connected.isSuccess()) {
            connection.openStream((QuicChannel) connected.getNow(), hello);
          } else {
            loop.run(() -> ended(connection, text(connected.cause())));
          }
        });
  }

  private @Nullable Channel dialSocket() {
    if (dialSocket == null) {
      ChannelHandler codec =
          bounded(new QuicClientCodecBuilder(), 0)
              .sslEngineProvider(channel -> tls.dialling(dialledKey(channel), channel.alloc()))
              .build();
      ChannelFuture bound = udp(codec).bind(0).awaitUninterruptibly();
      dialSocket = bound.isSuccess() ? bound.channel() : null;
    }
    return dialSocket;
  }

  private static PublicKey dialledKey(QuicChannel channel) {
    @Nullable PublicKey dialled = channel.attr(CONNECTION).get().dialled();
    if (dialled == null) {
      throw new IllegalStateException("a connection that was not dialled");
    }
    return dialled;
  }

  private static String text(@Nullable Throwable cause) {
    @Nullable String message = cause == null ? null : cause.getMessage();
    return message == null ? "nobody with this key answered" : message;
  }

  @Override
  public void hello(QuicConnection from, LinkHello hello) {
    loop.run(() -> greeted(from, hello));
  }

  private void greeted(QuicConnection fresh, LinkHello hello) {
    PublicKey remote = hello.self();
    fresh.run = hello.run();
    @Nullable QuicConnection known = up.get(remote);
    if (known != null) {
      if (stays(known, fresh, remote)) {
        fresh.close(QuicConnection.Code.DUPLICATE, "already linked");
        return;
      }
      down(known, "replaced by another link of the same two peers");
      known.close(QuicConnection.Code.DUPLICATE, "replaced by another link");
    }
    fresh.link = numbers.getAsLong();
    fresh.told = true;
    up.put(remote, fresh);
    byLink.put(fresh.link, fresh);
    boolean dialled = fresh.dialled() != null;
    if (!dialled) {
      fresh.send(LinkHello.CODEC.encode(new LinkHello(self, remote, run)));
    }
    events.linkUp(fresh.link, remote, LinkKind.QUIC, dialled);
  }

  /** Both ends decide alike: same run of the remote, and the smaller key dialled the known one. */
  private boolean stays(QuicConnection known, QuicConnection fresh, PublicKey remote) {
    PublicKey knownDialler = known.dialled() == null ? remote : self;
    PublicKey freshDialler = fresh.dialled() == null ? remote : self;
    return known.run.equals(fresh.run) && knownDialler.compareTo(freshDialler) < 0;
  }

  @Override
  public void frame(QuicConnection from, Bytes frame, Runnable taken) {
    loop.run(() -> {
      if (byLink.get(from.link) == from) {
        events.frameArrived(from.link, frame, taken);
      } else {
        taken.run();
      }
    });
  }

  @Override
  public void ended(QuicConnection from, String reason) {
    loop.run(() -> {
      down(from, reason);
      @Nullable PublicKey dialled = from.dialled();
      if (dialled != null && !from.told) {
        from.told = true;
        events.dialFailed(dialled, from.address(), reason);
      }
    });
  }

  private void down(QuicConnection connection, String reason) {
    if (byLink.remove(connection.link, connection)) {
      up.values().remove(connection);
      events.linkDown(connection.link, reason);
    }
  }

  /** Returns whether the number was a QUIC link's. */
  boolean send(long link, Bytes frame) {
    @Nullable QuicConnection connection = byLink.get(link);
    if (connection != null) {
      connection.send(frame);
    }
    return connection != null;
  }

  /** Returns whether the number was a QUIC link's. */
  boolean close(long link, String reason) {
    @Nullable QuicConnection connection = byLink.get(link);
    if (connection != null) {
      down(connection, reason);
      connection.close(QuicConnection.Code.CLOSED, reason);
    }
    return connection != null;
  }

  /** Tells all and frees the sockets. */
  void closeAll(String reason) {
    List<QuicConnection> linked = List.copyOf(byLink.values());
    byLink.clear();
    up.clear();
    linked.forEach(connection -> connection.close(QuicConnection.Code.CLOSED, reason));
    linked.forEach(connection -> connection.awaitClosed(FAREWELL));
    var _ = group.shutdownGracefully(0, Limits.CLOSE.toMillis() / 2, TimeUnit.MILLISECONDS);
  }
}
