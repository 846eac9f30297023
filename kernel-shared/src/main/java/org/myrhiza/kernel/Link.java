// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import org.myrhiza.identity.PublicKey;
import org.myrhiza.sync.LinkAccount;

/** A link that is up. */
final class Link {
  final LinkId id;
  final PublicKey remote;
  final LinkKind kind;
  final LinkAccount account = new LinkAccount();

  Link(LinkId id, PublicKey remote, LinkKind kind) {
    this.id = id;
    this.remote = remote;
    this.kind = kind;
  }

  /** Whether what it sends is still looked at. */
  boolean isOpen() {
    return !account.isOver();
  }
}
