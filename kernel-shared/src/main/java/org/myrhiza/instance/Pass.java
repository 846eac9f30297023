// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;

/** The one-time secret by which this installation was invited, until its join is written. */
public interface Pass {
  /** The public key of the invitation; empty when there is none, or none is needed any more. */
  Optional<PublicKey> invitation();

  /** Signs with the invitation's key; there must be one. */
  Signature sign(Bytes message);

  /** The join is written: the secret is forgotten in the same batch. */
  void used();
}
