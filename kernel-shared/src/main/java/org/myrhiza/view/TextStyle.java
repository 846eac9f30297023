// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.view;

/** How a text stands out. The order is that of the WIT enum. */
public enum TextStyle {
  /** A heading of what follows. */
  HEADING,
  /** Plain text. */
  BODY,
  /** Emphasised text. */
  STRONG,
  /** Text of lesser weight. */
  MUTED
}
