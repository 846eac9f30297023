// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import java.util.List;
import java.util.Set;
import org.myrhiza.frame.Authority;

/**
 * How to start a relay.
 *
 * @param listen where to listen; port 0 asks for a free one
 * @param freePortIfTaken whether to take a free port when the one asked for is in use
 * @param names further names under which it is reached, behind DNS, a proxy or a mapped port
 * @param page the files to serve
 * @param settings limits and times
 */
public record RelayOptions(
    Authority listen,
    boolean freePortIfTaken,
    Set<Authority> names,
    PageFiles page,
    RelaySettings settings) {
  private static final int USUAL_PORT = 7420;

  /** Copies the names. */
  public RelayOptions {
    names = Set.copyOf(names);
  }

  /** Returns: port 7420 on the loopback address, no page. */
  public static RelayOptions defaults() {
    return new RelayOptions(
        new Authority("127.0.0.1", USUAL_PORT),
        false,
        Set.of(),
        PageFiles.none(),
        RelaySettings.defaults());
  }

  /** Returns these with another place to listen. */
  public RelayOptions withListen(Authority other) {
    return new RelayOptions(other, freePortIfTaken, names, page, settings);
  }

  /** Returns these, taking a free port when the one asked for is in use. */
  public RelayOptions orFreePort() {
    return new RelayOptions(listen, true, names, page, settings);
  }

  /** Returns these with other names. */
  public RelayOptions withNames(List<Authority> others) {
    return new RelayOptions(listen, freePortIfTaken, Set.copyOf(others), page, settings);
  }

  /** Returns these with files to serve. */
  public RelayOptions withPage(PageFiles other) {
    return new RelayOptions(listen, freePortIfTaken, names, other, settings);
  }

  /** Returns these with other limits and times. */
  public RelayOptions withSettings(RelaySettings other) {
    return new RelayOptions(listen, freePortIfTaken, names, page, other);
  }
}
