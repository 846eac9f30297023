// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import org.myrhiza.frame.Aead;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.wasm.engine.Engine;

/**
 * What a kernel may call at once: pure, bounded computation.
 *
 * @param engine runs core modules that were prepared
 * @param verifier verifies signatures for guests and of own events
 * @param aead seals and opens frames
 */
public record Ports(Engine engine, SignatureVerifier verifier, Aead aead) {}
