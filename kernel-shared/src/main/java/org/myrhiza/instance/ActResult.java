// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import org.myrhiza.event.Event;

/** What became of an {@link ActRequest}. */
public sealed interface ActResult {
  /**
   * It became an event that is on disk.
   *
   * @param event the event
   * @param position its place in the canonical order, from 0
   * @param accepted whether the app accepted it at its place
   * @param reason why not; empty when it did
   */
  record Done(Event event, long position, boolean accepted, String reason) implements ActResult {}

  /** Nothing was signed, for a reason. */
  record Failed(Problem problem) implements ActResult {}
}
