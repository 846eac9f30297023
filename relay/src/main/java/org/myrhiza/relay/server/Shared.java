// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import io.netty.channel.group.ChannelGroup;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.relay.auth.Names;
import org.myrhiza.relay.channel.Hub;
import org.myrhiza.relay.channel.RelayMetrics;

/** What all connections of one relay have in common. */
record Shared(
    RelayOptions options,
    Names names,
    SignatureVerifier verifier,
    Hub hub,
    RelayMetrics metrics,
    ChannelGroup clients) {
  RelaySettings settings() {
    return options.settings();
  }
}
