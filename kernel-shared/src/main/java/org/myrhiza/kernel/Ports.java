// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import org.myrhiza.frame.Aead;
import org.myrhiza.identity.SeedSigner;
import org.myrhiza.identity.SignatureVerifier;

/**
 * What a kernel may call at once: pure, bounded computation.
 *
 * @param admission makes apps of bundles, on an engine
 * @param verifier verifies the signatures of bundles and of own events
 * @param aead seals and opens frames
 * @param oneTime makes and uses the one-time keys of invitations
 */
public record Ports(
    Admission admission, SignatureVerifier verifier, Aead aead, SeedSigner oneTime) {}
