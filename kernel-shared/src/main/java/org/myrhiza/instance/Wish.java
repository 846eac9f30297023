// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.EventKind;
import org.myrhiza.log.StoredEvent;

/** What is to become an event of this installation. */
public sealed interface Wish {
  /** A user's action. */
  record Act(ActRequest request) implements Wish {}

  /**
   * An event of the kernel's own, which no app judges.
   *
   * @param kind an admission or a fence
   * @param payload its canonical payload
   */
  record Deed(EventKind kind, Bytes payload) implements Wish {
    /** Checks the kind. */
    public Deed {
      if (kind != EventKind.ADMIT && kind != EventKind.FENCE) {
        throw new IllegalArgumentException("a deed of kind " + kind);
      }
    }
  }

  /** What a former key wrote and a fork took back. */
  record Again(StoredEvent lost) implements Wish {}
}
