// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

/** How an instance stands with its peers, in the order of the canonical encoding. */
public enum SyncState {
  /** No peer is reachable. */
  ALONE("alone"),
  /** A peer has events that are not here yet, or none has answered yet. */
  SYNCING("syncing"),
  /** A peer said that nothing is missing. */
  SYNCED("synced"),
  /** The instance no longer materialises; the note says why. */
  STOPPED("stopped");

  private final String word;

  SyncState(String word) {
    this.word = word;
  }

  /** The state in one word, as users and JSON read it. */
  public String word() {
    return word;
  }
}
