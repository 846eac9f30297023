// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.frame.Authority;
import org.myrhiza.frame.RelayUrl;
import org.myrhiza.relay.auth.Names;
import org.myrhiza.relay.channel.RelayMetrics.Count;
import org.myrhiza.relay.server.PageFiles.PageFile;

/** Answers requests: the page's files, {@code /healthz}, and the upgrade at {@code /v1}. */
final class HttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final String HEALTH = "/healthz";
  private static final String YEAR = "public, max-age=31536000, immutable";
  private static final String CHECK_FIRST = "no-cache";

  private final Shared shared;

  HttpHandler(Shared shared) {
    this.shared = shared;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (!request.decoderResult().isSuccess()) {
      shared.metrics().count(Count.MALFORMED);
      HttpUtil.setKeepAlive(request, false);
      refuse(context, request, HttpResponseStatus.BAD_REQUEST, "this is no request");
      return;
    }
    String path = path(request.uri());
    if (path.equals(HEALTH)) {
      answer(context, request, text(HttpResponseStatus.OK, "ok\n"), null);
      return;
    }
    Optional<Authority> host = acceptedHost(context, request);
    if (host.isEmpty()) {
      shared.metrics().count(Count.REFUSED);
      String hint =
          "This relay is not known by the name in the Host header. Use the address it listens on,"
              + " or start it with that name.\n";
      refuse(context, request, HttpResponseStatus.MISDIRECTED_REQUEST, hint);
      return;
    }
    if (path.equals(RelayUrl.PATH)) {
      upgrade(context, request, host.get());
    } else {
      page(context, request, path, host.get());
    }
  }

  private static String path(String uri) {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  private Optional<Authority> acceptedHost(ChannelHandlerContext context, FullHttpRequest request) {
    @Nullable String host = request.headers().get(HttpHeaderNames.HOST);
    if (host == null) {
      return Optional.empty();
    }
    InetSocketAddress local = (InetSocketAddress) context.channel().localAddress();
    for (boolean secure : new boolean[] {false, true}) {
      if (Names.parseHost(host, secure) instanceof Decoded.Ok<Authority>(Authority name)
          && shared.names().accepts(name, local)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  private void upgrade(ChannelHandlerContext context, FullHttpRequest request, Authority host) {
    if (!originIsOurs(request, host)) {
      shared.metrics().count(Count.REFUSED);
      String hint = "Pages of other origins may not use this relay.\n";
      refuse(context, request, HttpResponseStatus.FORBIDDEN, hint);
      return;
    }
    if (shared.clients().size() >= shared.settings().crowd().clients()) {
      shared.metrics().count(Count.TURNED_AWAY);
      String hint = "This relay has as many clients as it may have. Try another, or later.\n";
      refuse(context, request, HttpResponseStatus.SERVICE_UNAVAILABLE, hint);
      return;
    }
    Optional<String> refusal = Upgrade.begin(context, request, host, shared);
    if (refusal.isPresent()) {
      shared.metrics().count(Count.REFUSED);
      refuse(context, request, HttpResponseStatus.UPGRADE_REQUIRED, refusal.get());
    }
  }

  /** Native clients send no origin; a browser sends its page's, which must be this relay's own. */
  private static boolean originIsOurs(FullHttpRequest request, Authority host) {
    @Nullable String origin = request.headers().get(HttpHeaderNames.ORIGIN);
    if (origin == null) {
      return true;
    }
    boolean secure = origin.startsWith("https://");
    if (!secure && !origin.startsWith("http://")) {
      return false;
    }
    String authority = origin.substring(origin.indexOf("//") + 2);
    return Names.parseHost(authority, secure) instanceof Decoded.Ok<Authority>(Authority from)
        && from.equals(host);
  }

  private void page(
      ChannelHandlerContext context, FullHttpRequest request, String path, Authority host) {
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      FullHttpResponse response = text(HttpResponseStatus.METHOD_NOT_ALLOWED, "GET or HEAD only\n");
      response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
      answer(context, request, response, host);
      return;
    }
    @Nullable PageFile file = shared.options().page().find(path);
    if (file == null) {
      answer(context, request, text(HttpResponseStatus.NOT_FOUND, "not found\n"), host);
      return;
    }
    answer(context, request, response(request, file), host);
  }

  private static FullHttpResponse response(FullHttpRequest request, PageFile file) {
    @Nullable String known = request.headers().get(HttpHeaderNames.IF_NONE_MATCH);
    boolean unchanged = known != null && known.contains(file.etag());
    @Nullable Bytes packed = acceptsGzip(request) ? file.packed() : null;
    Bytes body = packed == null ? file.plain() : packed;
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            unchanged ? HttpResponseStatus.NOT_MODIFIED : HttpResponseStatus.OK,
            unchanged ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body.toArray()));
    HttpHeaders headers = response.headers();
    headers.set(HttpHeaderNames.CONTENT_TYPE, file.type());
    headers.set(HttpHeaderNames.ETAG, file.etag());
    headers.set(HttpHeaderNames.CACHE_CONTROL, file.lasting() ? YEAR : CHECK_FIRST);
    headers.set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
    if (packed != null && !unchanged) {
      headers.set(HttpHeaderNames.CONTENT_ENCODING, "gzip");
    }
    return response;
  }

  private static boolean acceptsGzip(FullHttpRequest request) {
    @Nullable String accepted = request.headers().get(HttpHeaderNames.ACCEPT_ENCODING);
    return accepted != null && accepted.contains("gzip") && !accepted.contains("gzip;q=0");
  }

  private static FullHttpResponse text(HttpResponseStatus status, String body) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(body, UTF_8));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    return response;
  }

  private static void refuse(
      ChannelHandlerContext context,
      FullHttpRequest request,
      HttpResponseStatus status,
      String hint) {
    HttpUtil.setKeepAlive(request, false);
    answer(context, request, text(status, hint), null);
  }

  private static void answer(
      ChannelHandlerContext context,
      FullHttpRequest request,
      FullHttpResponse response,
      @Nullable Authority host) {
    SecurityHeaders.set(response.headers(), host);
    boolean unchanged = response.status().equals(HttpResponseStatus.NOT_MODIFIED);
    if (!unchanged) {
      HttpUtil.setContentLength(response, response.content().readableBytes());
    }
    boolean keep = HttpUtil.isKeepAlive(request);
    HttpUtil.setKeepAlive(response, keep);
    FullHttpResponse sent = response;
    if (request.method().equals(HttpMethod.HEAD)) {
      sent = response.replace(Unpooled.EMPTY_BUFFER);
      response.release();
    }
    var written = context.writeAndFlush(sent);
    if (!keep) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof IdleStateEvent) {
      var _ = context.close();
      return;
    }
    super.userEventTriggered(context, event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    shared.metrics().count(Count.MALFORMED);
    var _ = context.close();
  }
}
