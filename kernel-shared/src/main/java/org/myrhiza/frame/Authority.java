// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.frame;

import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Malformed;

/**
 * A host and a port in their one written form: lower case, the port always there, an IPv6 address
 * in brackets. Nothing is looked up.
 *
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param port 0 to 65535; 0 only makes sense where a free port is asked for
 */
public record Authority(String host, int port) {
  /** The written form; another spelling of the same is refused. */
  public static final Codec<Authority> CODEC =
      Codec.of(
          (w, authority) -> w.text(authority.text(), Limits.AUTHORITY_BYTES),
          r -> {
            String text = r.text(Limits.AUTHORITY_BYTES);
            return switch (parse(text)) {
              case Decoded.Ok<Authority>(Authority value) when value.text().equals(text) -> value;
              case Decoded.Ok<Authority>(Authority value) ->
                  throw r.fail("host and port", text, value.text());
              case Decoded.Bad<Authority>(Malformed bad) ->
                  throw r.fail(bad.what(), bad.seen(), bad.allowed());
            };
          });

  private static final String ALLOWED = "name:port, 1.2.3.4:port or [ipv6]:port";
  private static final int PORT_DIGITS = 5;

  /** Checks host and port; the host must be in its written form. */
  public Authority {
    if (!isHost(host) || port < 0 || port > Limits.MAX_PORT) {
      throw new IllegalArgumentException(host + ":" + port + ", allowed " + ALLOWED);
    }
  }

  /** Parses a host and a port; upper-case letters become lower case. */
  public static Decoded<Authority> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || text.length() > Limits.AUTHORITY_BYTES) {
      return Decoded.bad("host and port", 0, cut(text), ALLOWED);
    }
    String host = lowerCase(text.substring(0, colon));
    int port = parsePort(text.substring(colon + 1));
    if (port < 0) {
      return Decoded.bad("port", colon + 1, cut(text.substring(colon + 1)), "0 to 65535");
    }
    return isHost(host)
        ? Decoded.ok(new Authority(host, port))
        : Decoded.bad("host", 0, cut(host), ALLOWED);
  }

  /** Returns {@code host:port}. */
  public String text() {
    return host + ":" + port;
  }

  /** Returns the host without the brackets of an IPv6 address. */
  public String bareHost() {
    return host.charAt(0) == '[' ? host.substring(1, host.length() - 1) : host;
  }

  private static int parsePort(String digits) {
    boolean padded = digits.length() > 1 && digits.charAt(0) == '0';
    if (digits.isEmpty() || digits.length() > PORT_DIGITS || padded) {
      return -1;
    }
    int port = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      port = port * 10 + (c - '0');
    }
    return port <= Limits.MAX_PORT ? port : -1;
  }

  private static boolean isHost(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String bare = bracketed && host.length() > 2 ? host.substring(1, host.length() - 1) : host;
    if (bare.isEmpty() || bare.length() > Limits.AUTHORITY_BYTES - PORT_DIGITS - 3) {
      return false;
    }
    for (int i = 0; i < bare.length(); i++) {
      char c = bare.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      boolean good =
          bracketed
              ? digit || (c >= 'a' && c <= 'f') || c == ':' || c == '.'
              : digit || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_';
      if (!good) {
        return false;
      }
    }
    return true;
  }

  /** ASCII only: a host with other letters is refused anyway. */
  private static String lowerCase(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      lower.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
    }
    return lower.toString();
  }

  private static String cut(String text) {
    return text.length() <= Limits.AUTHORITY_BYTES
        ? text
        : text.substring(0, Limits.AUTHORITY_BYTES);
  }
}
