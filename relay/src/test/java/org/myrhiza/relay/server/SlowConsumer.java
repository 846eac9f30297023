// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.frame.RelayMessage;
import org.myrhiza.frame.RelayProtocol;

/** A member that logs in over a raw socket, and then reads nothing. */
final class SlowConsumer {
  private static final int BINARY = 0x82;
  private static final int CHALLENGE_BYTES = 34;

  private SlowConsumer() {}

  static void loginAndJoin(RawSocket raw, RelayServer relay, TestKey key, ChannelId channel)
      throws IOException {
    Bytes frame = Bytes.copyOf(raw.read(2 + CHALLENGE_BYTES).getBytes(ISO_8859_1));
    RelayMessage.Challenge challenge =
        (RelayMessage.Challenge) RelayProtocol.decode(frame.slice(2, frame.size())).orThrow();
    Bytes login = RelayProtocol.encode(key.login(challenge.nonce(), relay.listen()));
    raw.writeLongFrame(BINARY, login);
    raw.writeFrame(BINARY, RelayProtocol.encode(new RelayMessage.Join(channel)));
  }
}
