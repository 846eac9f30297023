// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Malformed;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.frame.Limits;
import org.myrhiza.frame.RefusalCode;
import org.myrhiza.frame.RelayMessage;
import org.myrhiza.frame.RelayProtocol;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.relay.auth.LoginCheck;
import org.myrhiza.relay.channel.Member;
import org.myrhiza.relay.channel.Outbox;
import org.myrhiza.relay.channel.RelayMetrics.Count;

/**
 * One client: challenge, login, then its messages in the order they come.
 *
 * <p>Bytes that are no message end the connection with a reason. A message that only comes at a bad
 * moment (a channel it is not in, a member that just left) is refused and the connection stays. Who
 * sends too fast, or to a receiver that is behind, is read later: TCP then slows it down.
 */
final class ClientHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final int MOST_SILENCES = 3;
  private static final int HEAD = 2;

  private final Shared shared;
  private final LoginCheck login;
  private final TokenBucket frames;
  private final TokenBucket bytes;
  private @Nullable Channel socket;
  private @Nullable Outbox outbox;
  private @Nullable Member member;
  private int silences;
  private int pauses;
  private boolean heldBack;

  ClientHandler(Shared shared) {
    this.shared = shared;
    this.login = new LoginCheck(shared.names(), shared.verifier());
    long now = System.nanoTime();
    this.frames = new TokenBucket(shared.settings().rates().framesPerSecond(), now);
    this.bytes = new TokenBucket(shared.settings().rates().bytesPerSecond(), now);
  }

  /** Takes the socket over, before the upgrade is answered. */
  void prepare(Channel channel) {
    RelaySettings.Buffers buffers = shared.settings().buffers();
    channel
        .config()
        .setWriteBufferWaterMark(new WriteBufferWaterMark(buffers.lowBytes(), buffers.highBytes()));
    socket = channel;
    outbox =
        new Outbox(
            channel, buffers.mostBytes(), shared.settings().times().behind(), shared.metrics());
    shared.clients().add(channel);
    channel.attr(RelayServer.OUTBOX).set(outbox);
  }

  /** Sends the challenge, after the upgrade was answered. */
  void begin() {
    outbox().send(login.challenge());
    long patience = shared.settings().times().login().toMillis();
    var _ =
        socket()
            .eventLoop()
            .schedule(
                () -> {
                  if (member == null) {
                    drop(WebSocketCloseStatus.POLICY_VIOLATION, "no login came in time");
                  }
                },
                patience,
                TimeUnit.MILLISECONDS);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    silences = 0;
    if (outbox().isDropped()) {
      if (frame instanceof CloseWebSocketFrame) {
        var _ = context.close();
      }
      return;
    }
    switch (frame) {
      case BinaryWebSocketFrame binary -> {
        throttle(binary.content().readableBytes());
        message(binary.content());
      }
      case PingWebSocketFrame ping -> {
        var _ = context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
      }
      case PongWebSocketFrame pong -> {}
      case CloseWebSocketFrame close ->
          context.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
      default ->
          malformed(WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "only binary messages are spoken");
    }
  }

  /** Messages with a frame inside are forwarded from the buffer; the others are decoded. */
  private void message(ByteBuf content) {
    if (member != null && content.readableBytes() >= HEAD + Limits.KEY_BYTES) {
      int at = content.readerIndex();
      int type = content.getUnsignedByte(at + 1);
      boolean carries = type == RelayProtocol.PUBLISH || type == RelayProtocol.SEND_TO;
      if (carries && content.getUnsignedByte(at) == RelayProtocol.VERSION) {
        forward(member, type, content);
        return;
      }
    }
    byte[] copy = new byte[content.readableBytes()];
    content.readBytes(copy);
    switch (RelayProtocol.decode(Bytes.adopt(copy))) {
      case Decoded.Ok<RelayMessage>(RelayMessage message) -> decoded(message);
      case Decoded.Bad<RelayMessage>(Malformed bad) ->
          malformed(WebSocketCloseStatus.PROTOCOL_ERROR, bad.message());
    }
  }

  private void forward(Member from, int type, ByteBuf content) {
    byte[] target = new byte[Limits.KEY_BYTES];
    content.skipBytes(HEAD).readBytes(target);
    Bytes about = Bytes.adopt(target);
    if (content.readableBytes() > Limits.FRAME_BYTES) {
      malformed(WebSocketCloseStatus.MESSAGE_TOO_BIG, "a frame of more bytes than allowed");
      return;
    }
    Optional<RefusalCode> refusal =
        type == RelayProtocol.PUBLISH
            ? shared.hub().publish(from, new ChannelId(about), content)
            : shared.hub().sendTo(from, new PublicKey(about), content, this::holdBack);
    refusal.ifPresent(code -> refuse(code, about));
  }

  private void decoded(RelayMessage message) {
    if (message instanceof RelayMessage.Login answer && member == null) {
      login(answer);
      return;
    }
    if (message instanceof RelayMessage.Ping(long number)) {
      outbox().send(new RelayMessage.Pong(number));
      return;
    }
    Member known = member;
    if (known == null) {
      refuse(RefusalCode.UNEXPECTED, Bytes.EMPTY);
      drop(WebSocketCloseStatus.POLICY_VIOLATION, "the first message must be a login");
      return;
    }
    switch (message) {
      case RelayMessage.Join(ChannelId channel) ->
          shared.hub().join(known, channel).ifPresent(code -> refuse(code, channel.bytes()));
      case RelayMessage.Leave(ChannelId channel) -> shared.hub().leave(known, channel);
      case RelayMessage.Pong pong -> {}
      case RelayMessage.Challenge _,
          RelayMessage.Login _,
          RelayMessage.Welcome _,
          RelayMessage.Members _,
          RelayMessage.MemberJoined _,
          RelayMessage.MemberLeft _,
          RelayMessage.Publish _,
          RelayMessage.Deliver _,
          RelayMessage.SendTo _,
          RelayMessage.DeliverDirect _,
          RelayMessage.Refused _,
          RelayMessage.Dropped _,
          RelayMessage.Ping _ ->
          refuse(RefusalCode.UNEXPECTED, Bytes.EMPTY);
    }
  }

  private void login(RelayMessage.Login answer) {
    InetSocketAddress local = (InetSocketAddress) socket().localAddress();
    Optional<RefusalCode> refusal = login.check(answer, local);
    if (refusal.isPresent()) {
      refuse(refusal.get(), answer.key().bytes());
      drop(WebSocketCloseStatus.POLICY_VIOLATION, "the login was refused: " + text(refusal.get()));
      return;
    }
    Member entered = new Member(answer.key(), outbox());
    member = entered;
    shared.metrics().count(Count.LOGINS);
    outbox().send(new RelayMessage.Welcome(shared.settings().told()));
    shared.hub().enter(entered);
  }

  private void refuse(RefusalCode code, Bytes about) {
    shared.metrics().count(Count.REFUSED);
    outbox().send(new RelayMessage.Refused(code, about, text(code)));
  }

  private static String text(RefusalCode code) {
    return switch (code) {
      case MALFORMED -> "the bytes are no message";
      case UNEXPECTED -> "this message makes no sense now";
      case OTHER_RELAY -> "the login names another relay than this one";
      case BAD_SIGNATURE -> "the signature is not good";
      case TOO_MANY_CHANNELS -> "in as many channels as a client may be";
      case CHANNEL_FULL -> "the channel has as many members as it may have";
      case NOT_A_MEMBER -> "not a member of this channel";
      case NOT_REACHABLE -> "no member with this key shares a channel with you";
    };
  }

  private void malformed(WebSocketCloseStatus status, String detail) {
    shared.metrics().count(Count.MALFORMED);
    outbox().send(new RelayMessage.Refused(RefusalCode.MALFORMED, Bytes.EMPTY, cut(detail)));
    drop(status, "malformed: " + cut(detail));
  }

  /** Leaves room for the words before it; what is quoted from outside may be long or not ASCII. */
  private static String cut(String detail) {
    StringBuilder ascii = new StringBuilder();
    for (int i = 0; i < detail.length() && i < Limits.TEXT_BYTES / 2; i++) {
      char c = detail.charAt(i);
      ascii.append(c >= ' ' && c <= '~' ? c : '?');
    }
    return ascii.toString();
  }

  private void throttle(int size) {
    long now = System.nanoTime();
    long wait = Math.max(frames.take(1, now), bytes.take(size, now));
    if (wait > 0) {
      shared.metrics().count(Count.THROTTLED);
      pause();
      var _ = socket().eventLoop().schedule(this::resume, wait, TimeUnit.NANOSECONDS);
    }
  }

  /** Stops reading because a receiver is behind; the returned task ends that. */
  private Runnable holdBack() {
    if (heldBack) {
      return () -> {};
    }
    heldBack = true;
    shared.metrics().count(Count.HELD_BACK);
    pause();
    return () ->
        socket()
            .eventLoop()
            .execute(() -> {
              heldBack = false;
              resume();
            });
  }

  private void pause() {
    pauses++;
    socket().config().setAutoRead(false);
  }

  private void resume() {
    pauses--;
    if (pauses == 0) {
      socket().config().setAutoRead(true);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    outbox().writabilityChanged();
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (member != null) {
      shared.hub().exit(member);
    }
    outbox().writabilityChanged();
    context.fireChannelInactive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (!(event instanceof IdleStateEvent)) {
      super.userEventTriggered(context, event);
      return;
    }
    silences++;
    if (silences >= MOST_SILENCES) {
      drop(WebSocketCloseStatus.POLICY_VIOLATION, "nothing was heard for too long");
    } else {
      var _ = context.writeAndFlush(new PingWebSocketFrame());
    }
  }

  /** The decoder answers a violation with a close frame of its own; we count it and let go. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException corrupted) {
      shared.metrics().count(Count.MALFORMED);
      drop(corrupted.closeStatus(), "malformed WebSocket frame");
      return;
    }
    var _ = context.close();
  }

  private void drop(WebSocketCloseStatus status, String reason) {
    if (member != null) {
      shared.hub().exit(member);
    }
    outbox().drop(status, reason);
  }

  private Channel socket() {
    return known(socket);
  }

  private Outbox outbox() {
    return known(outbox);
  }

  private static <T> T known(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the handler was not prepared");
    }
    return value;
  }
}
