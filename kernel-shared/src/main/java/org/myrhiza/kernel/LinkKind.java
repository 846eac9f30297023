// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

/** How a link reaches its remote. */
public enum LinkKind {
  /** Through a relay. */
  RELAY,
  /** Directly. */
  QUIC
}
