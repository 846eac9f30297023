// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.command;

/** The version of this build. */
final class Version {
  /** As the change log names it. */
  static final String TEXT = "0.1.0";

  private Version() {}
}
