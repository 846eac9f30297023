// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.peer;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.myrhiza.frame.Authority;

/** What an invitation says of the addresses that this peer listens on. */
final class Addresses {
  private static final List<String> WILDCARDS = List.of("0.0.0.0", "[::]", "[0:0:0:0:0:0:0:0]");

  private Addresses() {}

  /**
   * Returns {@code host:port} for each bound address; a wildcard becomes one hint for every address
   * of the machine that others may reach.
   */
  static List<String> hints(List<Authority> bound) {
    List<String> hints = new ArrayList<>();
    for (Authority address : bound) {
      if (WILDCARDS.contains(address.host())) {
        reachable().forEach(host -> hints.add(text(host, address.port())));
      } else {
        hints.add(address.text());
      }
    }
    return hints;
  }

  private static List<InetAddress> reachable() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress() && !a.isMulticastAddress())
          .toList();
    } catch (SocketException none) {
      return List.of(InetAddress.getLoopbackAddress());
    }
  }

  private static String text(InetAddress host, int port) {
    String name = host.getHostAddress();
    int zone = name.indexOf('%');
    String plain = zone < 0 ? name : name.substring(0, zone);
    return (host instanceof Inet6Address ? "[" + plain + "]" : plain) + ":" + port;
  }
}
