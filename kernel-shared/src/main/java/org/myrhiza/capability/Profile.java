// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.capability;

import java.util.Optional;

/** What a component is for, and so what it may reach; each is a world of the WIT package. */
public enum Profile {
  /** The rules: a pure function of state and event, run alike by every peer. */
  STATE_APPLY("state-apply"),
  /** Turns what a user wants into the bytes of an event. */
  STATE_PROPOSE("state-propose"),
  /** Shows the state to one user. */
  INTERACTION("interaction"),
  /** Acts on its own while nobody looks; not offered by this version. */
  BEHAVIOR("behavior");

  private final String text;

  Profile(String text) {
    this.text = text;
  }

  /** Returns the name that WIT worlds, manifests and messages use. */
  public String text() {
    return text;
  }

  /** Returns the profile of that name. */
  public static Optional<Profile> parse(String text) {
    for (Profile profile : values()) {
      if (profile.text.equals(text)) {
        return Optional.of(profile);
      }
    }
    return Optional.empty();
  }
}
