// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

import org.myrhiza.bytes.Bytes;

/**
 * What a user's peer is asked to sign.
 *
 * @param tag as the guest gave it, unsigned; the manifest says which are allowed
 * @param body the app's bytes, not yet bounded
 */
public record Proposal(int tag, Bytes body) {}
