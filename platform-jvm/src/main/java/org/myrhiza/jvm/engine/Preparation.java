// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

/** What preparing code came to. */
public sealed interface Preparation {
  /**
   * The code can be instantiated.
   *
   * @param compiled whether the compiler took it; parts may still be interpreted
   */
  record Prepared(boolean compiled) implements Preparation {}

  /**
   * The engine does not take the code, although it was validated: a failure of the host.
   *
   * @param reason for a log
   */
  record Refused(String reason) implements Preparation {}
}
