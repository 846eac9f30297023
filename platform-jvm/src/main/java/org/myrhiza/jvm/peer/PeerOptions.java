// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.myrhiza.frame.Authority;
import org.myrhiza.identity.Secret;

/**
 * How a native peer runs.
 *
 * @param data the data folder
 * @param relays relay URLs for new topics ({@code ws://host:port/v1})
 * @param listen addresses to accept QUIC links on ({@code host:port}; port 0 is any free one)
 * @param passphrase opens or first seals the key file
 * @param ears who hears questions, changes and warnings
 */
public record PeerOptions(
    Path data,
    List<String> relays,
    List<Authority> listen,
    Optional<Secret> passphrase,
    PeerEars ears) {
  /** Copies the lists. */
  public PeerOptions {
    relays = List.copyOf(relays);
    listen = List.copyOf(listen);
  }

  /** Returns options for a quiet peer without network in a folder. */
  public static PeerOptions in(Path data) {
    return new PeerOptions(data, List.of(), List.of(), Optional.empty(), PeerEars.QUIET);
  }

  /** Returns the same with relays for new topics. */
  public PeerOptions withRelays(List<String> urls) {
    return new PeerOptions(data, urls, listen, passphrase, ears);
  }

  /** Returns the same with addresses to listen on. */
  public PeerOptions withListen(List<Authority> addresses) {
    return new PeerOptions(data, relays, addresses, passphrase, ears);
  }

  /** Returns the same with someone to hear questions, changes and warnings. */
  public PeerOptions withEars(PeerEars heard) {
    return new PeerOptions(data, relays, listen, passphrase, heard);
  }

  /** Returns the same with a passphrase for the key file. */
  public PeerOptions withPassphrase(Optional<Secret> secret) {
    return new PeerOptions(data, relays, listen, secret, ears);
  }
}
