// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Authority;
import org.myrhiza.frame.ChannelId;

/** Relays of tests, each on a port of its own. */
final class Relays {
  static final Authority ANY_PORT = new Authority("127.0.0.1", 0);

  private Relays() {}

  static RelayServer start() {
    return start(options -> options);
  }

  static RelayServer start(UnaryOperator<RelayOptions> change) {
    try {
      return RelayServer.start(change.apply(RelayOptions.defaults().withListen(ANY_PORT)));
    } catch (RelayStartException failed) {
      throw new AssertionError(failed);
    }
  }

  static RelayServer start(RelaySettings settings) {
    return start(options -> options.withSettings(settings));
  }

  static RelaySettings.Times times(Duration login, Duration silence, Duration behind) {
    return new RelaySettings.Times(Duration.ofSeconds(20), login, silence, behind);
  }

  static ChannelId channel(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    bytes[1] = (byte) (number >> 8);
    return new ChannelId(Bytes.adopt(bytes));
  }

  static Bytes frame(int size, int fill) {
    byte[] bytes = new byte[size];
    java.util.Arrays.fill(bytes, (byte) fill);
    return Bytes.adopt(bytes);
  }
}
