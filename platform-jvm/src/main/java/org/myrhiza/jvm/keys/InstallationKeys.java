// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.keys;

import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Secret;

/**
 * The private keys of one installation, each the 32-byte seed of an Ed25519 key (RFC 8032).
 *
 * @param longTerm signs certificates, fences and policy acts: the user
 * @param instance signs this installation's events
 * @param transport logs in to relays and proves itself on QUIC; never an author
 * @param deviceName the name that certificates carry, at most 64 bytes
 * @param created whether they were made just now
 */
public record InstallationKeys(
    Secret longTerm, Secret instance, Secret transport, String deviceName, boolean created) {
  /** Returns the public part of a seed. */
  public static PublicKey publicOf(Secret seed) {
    return Ed25519Jvm.publicFromSeed(seed);
  }
}
