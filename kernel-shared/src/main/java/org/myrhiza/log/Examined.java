// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

/** What the log says of an event before anything is verified. */
public sealed interface Examined {
  /** Worth verifying, then offering. */
  record Fresh(Candidate candidate) implements Examined {}

  /** Valid or waiting already. */
  record Known() implements Examined {}

  /** Never valid in this topic: its link is to be charged. */
  record Bad(Refusal refusal) implements Examined {}
}
