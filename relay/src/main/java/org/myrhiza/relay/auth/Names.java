// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.auth;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.frame.Authority;

/**
 * The names under which a relay may be dialled. A request or login for another name is refused: it
 * was meant for somebody else, or a web page made a name of its own point here.
 *
 * <p>Besides the names given, these are the address and port at which the socket was reached, and
 * {@code localhost} when that is a loopback address.
 */
public final class Names {
  private final Set<Authority> given;

  /** Takes the names that a relay behind DNS, a proxy or a mapped port is reached by. */
  public Names(Set<Authority> given) {
    this.given = Set.copyOf(given);
  }

  /** Returns whether a client that reached {@code local} may have dialled this name. */
  public boolean accepts(Authority name, InetSocketAddress local) {
    if (given.contains(name)) {
      return true;
    }
    if (name.port() != local.getPort()) {
      return false;
    }
    InetAddress address = local.getAddress();
    boolean localhost = address.isLoopbackAddress() && name.host().equals("localhost");
    return localhost || (isLiteral(name.bareHost()) && sameAddress(name.bareHost(), address));
  }

  /**
   * Reads a {@code Host} header; a missing port is the scheme's usual one.
   *
   * @param secure whether TLS ended before us
   */
  public static Decoded<Authority> parseHost(String host, boolean secure) {
    boolean hasPort = host.lastIndexOf(':') > host.lastIndexOf(']');
    return Authority.parse(hasPort ? host : host + (secure ? ":443" : ":80"));
  }

  private static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private static boolean sameAddress(String literal, InetAddress address) {
    try {
      return InetAddress.ofLiteral(literal).equals(address);
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }
}
