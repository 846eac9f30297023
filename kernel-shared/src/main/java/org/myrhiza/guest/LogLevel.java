// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

/** Levels of a guest's log, in the order of the WIT enum. */
public enum LogLevel {
  /** For whoever looks for a fault. */
  DEBUG,
  /** What goes on. */
  INFO,
  /** What should not be. */
  WARN,
  /** What failed. */
  ERROR
}
