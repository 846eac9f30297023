// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

import org.myrhiza.bytes.Bytes;

/**
 * What a guest outside of {@code apply} can ask about the user of this peer.
 *
 * @param principal the long-term public key, 32 bytes
 * @param instance the public key that signs for this installation, 32 bytes
 */
public record SelfFacts(Bytes principal, Bytes instance) {}
