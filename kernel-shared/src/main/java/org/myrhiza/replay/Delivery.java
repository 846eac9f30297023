// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventHeader;
import org.myrhiza.event.EventId;
import org.myrhiza.event.Genesis;
import org.myrhiza.identity.PublicKey;

/**
 * An event as the app gets it.
 *
 * @param principal whom it counts for
 * @param signer the chain key that signed it
 * @param tag 0 for what the genesis carries, else the app's own, 1 and above
 * @param body the app's bytes
 */
public record Delivery(
    EventId id, PublicKey principal, PublicKey signer, Clock clock, int tag, Bytes body) {
  /** The tag under which a genesis delivers its {@code init}; app events begin at 1. */
  public static final int CREATION_TAG = 0;

  /** Returns what of a valid event goes to the app; empty when it is not one the app can read. */
  static Optional<Delivery> of(Event event, PublicKey principal) {
    return of(event.header(), event.id(), event.payload(), principal);
  }

  /**
   * Returns what of an event goes to the app, which may be one that is not signed yet. Empty for
   * the kernel's own events and for a payload that is none.
   */
  public static Optional<Delivery> of(EventHeader header, Bytes payload, PublicKey principal) {
    return of(header, header.id(), payload, principal);
  }

  private static Optional<Delivery> of(
      EventHeader header, EventId id, Bytes payload, PublicKey principal) {
    return switch (header.kind()) {
      case APP ->
          present(AppPayload.decode(payload))
              .map(app ->
                  new Delivery(
                      id, principal, header.signer(), header.clock(), app.tag(), app.body()));
      case GENESIS ->
          present(Genesis.CODEC.decode(payload))
              .map(genesis ->
                  new Delivery(
                      id,
                      principal,
                      header.signer(),
                      header.clock(),
                      CREATION_TAG,
                      genesis.init()));
      case JOIN, FENCE, ADMIT, UPGRADE, ANCHOR_POLICY, SEAL -> Optional.empty();
    };
  }

  private static <T> Optional<T> present(Decoded<T> decoded) {
    return switch (decoded) {
      case Decoded.Ok<T>(T value) -> Optional.of(value);
      case Decoded.Bad<T> bad -> Optional.empty();
    };
  }
}
