// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.view;

/** How grave a message is. The order is that of the WIT enum. */
public enum Severity {
  /** Good to know. */
  INFO,
  /** Something went well. */
  SUCCESS,
  /** Something needs care. */
  WARNING,
  /** Something failed. */
  ERROR
}
