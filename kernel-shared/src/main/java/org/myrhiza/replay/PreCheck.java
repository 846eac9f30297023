// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

/** What the app would say to an event that is not signed yet. */
public sealed interface PreCheck {
  /** It would be accepted at the end of the log as it is now. */
  record Passed(long fuel) implements PreCheck {}

  /** It would not, so it is not signed. */
  record Refused(Verdict verdict) implements PreCheck {}

  /** The state is not at the end of the log; step first. */
  record NotReady() implements PreCheck {}

  /** Values are needed that are in the store only: the state says which, and it is asked again. */
  record Misses() implements PreCheck {}

  /** The host failed, which says nothing about the event. */
  record HostFailed(String reason) implements PreCheck {}
}
