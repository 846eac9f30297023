// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Malformed;
import org.myrhiza.identity.PublicKey;

/**
 * One QUIC connection and its one stream of frames: {@code u32 length | frame}, of which length 0
 * is a keep-alive and the first of each side a {@link LinkHello}. Netty's threads call the
 * handlers; what they find is told to the owner, who moves it to the links' thread.
 */
final class QuicConnection extends ChannelInboundHandlerAdapter {
  /** Why a connection was closed; numbers of the protocol. */
  enum Code {
    CLOSED(0),
    HELLO_REFUSED(1),
    MALFORMED(2),
    DUPLICATE(3),
    TOO_SLOW(4);

    private final int number;

    Code(int number) {
      this.number = number;
    }
  }

  /** What the owner hears, on Netty's threads. */
  interface Owner {
    PublicKey self();

    boolean admits(PublicKey remote);

    void hello(QuicConnection from, LinkHello hello);

    void frame(QuicConnection from, Bytes frame, Runnable taken);

    /** The connection ended; may be told twice. */
    void ended(QuicConnection from, String reason);
  }

  private static final int LENGTH_BYTES = 4;

  private final Owner owner;
  private final @Nullable PublicKey dialled;
  private final String address;
  private final AtomicLong unsentBytes = new AtomicLong();
  private final Intake intake = new Intake(() -> setReading(false), () -> setReading(true));
  private volatile @Nullable QuicChannel channel;
  private volatile @Nullable QuicStreamChannel stream;
  private volatile String reason = "";

  /** Owned by the links' thread: 0 until the link is up. */
  long link;

  /** Owned by the links' thread: the run of the other side, once it said hello. */
  Bytes run = Bytes.EMPTY;

  /** Owned by the links' thread: whether the outcome of the dial was told. */
  boolean told;

  private QuicConnection(Owner owner, @Nullable PublicKey dialled, String address) {
    this.owner = owner;
    this.dialled = dialled;
    this.address = address;
  }

  static QuicConnection dialling(Owner owner, PublicKey remote, String address) {
    return new QuicConnection(owner, remote, address);
  }

  static QuicConnection accepted(Owner owner) {
    return new QuicConnection(owner, null, "");
  }

  /** Returns the key that we dialled, or null where the other side dialled. */
  @Nullable PublicKey dialled() {
    return dialled;
  }

  String address() {
    return address;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = (QuicChannel) context.channel();
  }

  /** Opens our stream and says hello first; only the dialler does. */
  void openStream(QuicChannel connected, LinkHello hello) {
    connected
        .createStream(QuicStreamType.BIDIRECTIONAL, streamHandlers())
        .addListener(opened -> {
          if (opened.isSuccess()) {
            send(LinkHello.CODEC.encode(hello));
          } else {
            close(Code.CLOSED, "no stream could be opened");
          }
        });
  }

  /** Handlers of the one stream. */
  ChannelInitializer<QuicStreamChannel> streamHandlers() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(QuicStreamChannel opened) {
        if (stream != null) {
          close(Code.MALFORMED, "more than one stream");
          return;
        }
        stream = opened;
        int most = LENGTH_BYTES + org.myrhiza.frame.Limits.FRAME_BYTES;
        opened
            .pipeline()
            .addLast(new LengthFieldBasedFrameDecoder(most, 0, LENGTH_BYTES, 0, LENGTH_BYTES))
            .addLast(new Frames());
      }
    };
  }

  /** Writes a frame, or closes when the other side does not keep up. Any thread. */
  void send(Bytes frame) {
    QuicStreamChannel open = stream;
    if (open == null || !open.isActive()) {
      return;
    }
    int size = LENGTH_BYTES + frame.size();
    if (unsentBytes.addAndGet(size) > Limits.UNSENT_BYTES) {
      close(Code.TOO_SLOW, "more than " + Limits.UNSENT_BYTES + " bytes wait to be read");
      return;
    }
    ByteBuf wire = open.alloc().ioBuffer(size);
    wire.writeInt(frame.size()).writeBytes(frame.toArray());
    open.writeAndFlush(wire).addListener(written -> unsentBytes.addAndGet(-size));
  }

  /** Closes and tells the other side why. Any thread; only the first reason counts. */
  void close(Code code, String why) {
    if (reason.isEmpty()) {
      reason = why;
    }
    QuicChannel open = channel;
    if (open != null) {
      ByteBuf said = Unpooled.copiedBuffer(cut(why), UTF_8);
      var _ = open.close(true, code.number, said);
    }
  }

  /** Waits until the farewell is on its way; never on Netty's threads. */
  void awaitClosed(Duration patience) {
    QuicChannel open = channel;
    if (open != null) {
      open.closeFuture().awaitUninterruptibly(patience.toMillis());
    }
  }

  private void setReading(boolean reading) {
    QuicStreamChannel open = stream;
    if (open != null) {
      open.config().setAutoRead(reading);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof QuicConnectionCloseEvent closed) {
      if (reason.isEmpty()) {
        reason = "the other side closed: " + described(closed);
      }
      // The channel itself stays active while it drains, for seconds.
      owner.ended(this, reason);
    }
    super.userEventTriggered(context, event);
  }

  private static String described(QuicConnectionCloseEvent closed) {
    if (closed.isTlsError()) {
      return "TLS alert " + QuicConnectionCloseEvent.extractTlsError(closed.error());
    }
    StringBuilder ascii = new StringBuilder();
    for (byte b : reason(closed)) {
      if (ascii.length() < Limits.REASON_CHARS) {
        ascii.append(b >= ' ' && b <= '~' ? (char) b : '?');
      }
    }
    return ascii.isEmpty() ? "error " + closed.error() : ascii.toString();
  }

  /** Netty 4.2.18 clones the reason without asking whether the other side gave one. */
  static byte[] reason(QuicConnectionCloseEvent closed) {
    try {
      return closed.reason();
    } catch (NullPointerException none) {
      return new byte[0];
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    intake.end();
    boolean timedOut = context.channel() instanceof QuicChannel quic && quic.isTimedOut();
    String fallback = timedOut ? "nothing was heard any longer" : "the connection ended";
    owner.ended(this, reason.isEmpty() ? fallback : reason);
    super.channelInactive(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    String text = cause.getMessage();
    close(Code.CLOSED, text == null ? "the connection failed" : text);
  }

  private static String cut(String text) {
    return text.length() <= Limits.REASON_CHARS ? text : text.substring(0, Limits.REASON_CHARS);
  }

  /** Reads frames off the stream. */
  private final class Frames extends SimpleChannelInboundHandler<ByteBuf> {
    private boolean greeted;

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
      long period = Limits.KEEP_ALIVE.toMillis();
      var beat =
          context
              .executor()
              .scheduleAtFixedRate(() -> send(Bytes.EMPTY), period, period, TimeUnit.MILLISECONDS);
      context.channel().closeFuture().addListener(closed -> beat.cancel(false));
      super.channelActive(context);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf content) {
      if (!content.isReadable()) {
        return;
      }
      byte[] copy = new byte[content.readableBytes()];
      content.readBytes(copy);
      Bytes frame = Bytes.adopt(copy);
      if (greeted) {
        owner.frame(QuicConnection.this, frame, intake.admit(frame.size()));
        return;
      }
      greeted = true;
      switch (LinkHello.CODEC.decode(frame)) {
        case Decoded.Ok<LinkHello>(LinkHello hello) -> check(hello);
        case Decoded.Bad<LinkHello>(Malformed bad) -> close(Code.MALFORMED, bad.message());
      }
    }

    /** Both sides must mean each other, and the key must be the one that TLS proved. */
    private void check(LinkHello hello) {
      QuicChannel open = channel;
      @Nullable PublicKey proven = open == null ? null : QuicTls.provenKey(open.sslEngine());
      boolean meant = hello.remote().equals(owner.self());
      boolean wanted = dialled == null || hello.self().equals(dialled);
      if (!hello.self().equals(proven) || !meant || !wanted) {
        close(Code.HELLO_REFUSED, "the hello names other keys than the connection");
        return;
      }
      if (!owner.admits(hello.self())) {
        close(Code.HELLO_REFUSED, "this key may not link here");
        return;
      }
      owner.hello(QuicConnection.this, hello);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      close(Code.CLOSED, "the stream ended");
      super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      boolean tooLong = cause instanceof TooLongFrameException;
      String text = cause.getMessage();
      String other = text == null ? "the stream failed" : text;
      close(Code.MALFORMED, tooLong ? "a frame of more bytes than allowed" : other);
    }
  }
}
