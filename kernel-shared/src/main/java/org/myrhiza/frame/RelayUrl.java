// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.frame;

import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Malformed;

/**
 * Where a relay listens, in its one written form: {@code ws://host:port/v1}, or {@code wss} behind
 * TLS.
 *
 * @param secure whether the WebSocket runs over TLS
 * @param authority the relay's host and port; what a login is signed for
 */
public record RelayUrl(boolean secure, Authority authority) {
  /** The path of the WebSocket endpoint. */
  public static final String PATH = "/v1";

  /** The written form; another spelling of the same is refused. */
  public static final Codec<RelayUrl> CODEC =
      Codec.of(
          (w, url) -> w.text(url.url(), Limits.RELAY_URL_BYTES),
          r -> {
            String text = r.text(Limits.RELAY_URL_BYTES);
            return switch (parse(text)) {
              case Decoded.Ok<RelayUrl>(RelayUrl value) when value.url().equals(text) -> value;
              case Decoded.Ok<RelayUrl>(RelayUrl value) ->
                  throw r.fail("relay address", text, value.url());
              case Decoded.Bad<RelayUrl>(Malformed bad) ->
                  throw r.fail(bad.what(), bad.seen(), bad.allowed());
            };
          });

  private static final String PLAIN = "ws://";
  private static final String SECURE = "wss://";
  private static final String ALLOWED = "ws://host:port/v1 or wss://host:port/v1";
  private static final int PLAIN_PORT = 80;
  private static final int SECURE_PORT = 443;

  /** Checks that there is a port to dial. */
  public RelayUrl {
    if (authority.port() == 0) {
      throw new IllegalArgumentException("port 0, allowed 1 to 65535");
    }
  }

  /**
   * Parses an address as a person writes it: the path and the scheme's usual port may be missing.
   */
  public static Decoded<RelayUrl> parse(String text) {
    boolean secure = text.startsWith(SECURE);
    if (!secure && !text.startsWith(PLAIN)) {
      return Decoded.bad("relay address", 0, cut(text), ALLOWED);
    }
    String rest = text.substring(secure ? SECURE.length() : PLAIN.length());
    int slash = rest.indexOf('/');
    String path = slash < 0 ? "/" : rest.substring(slash);
    if (!path.equals("/") && !path.equals(PATH)) {
      return Decoded.bad(
          "path of the relay address", text.length() - path.length(), cut(path), PATH);
    }
    String host = slash < 0 ? rest : rest.substring(0, slash);
    boolean hasPort = host.lastIndexOf(':') > host.lastIndexOf(']');
    String full = hasPort ? host : host + ":" + (secure ? SECURE_PORT : PLAIN_PORT);
    return switch (Authority.parse(full)) {
      case Decoded.Bad<Authority>(Malformed bad) -> new Decoded.Bad<>(bad);
      case Decoded.Ok<Authority>(Authority found) when found.port() == 0 ->
          Decoded.bad("port", 0, "0", "1 to 65535");
      case Decoded.Ok<Authority>(Authority found) -> Decoded.ok(new RelayUrl(secure, found));
    };
  }

  /** Returns the whole address. */
  public String url() {
    return (secure ? SECURE : PLAIN) + authority.text() + PATH;
  }

  private static String cut(String text) {
    return text.length() <= Limits.RELAY_URL_BYTES
        ? text
        : text.substring(0, Limits.RELAY_URL_BYTES);
  }
}
