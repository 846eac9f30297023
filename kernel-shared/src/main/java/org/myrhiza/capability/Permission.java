// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.capability;

/** What a profile says to one import. */
public enum Permission {
  /** Linked when the manifest declares it. */
  YES("yes"),
  /** Linked when the manifest declares it and the user granted it. */
  GATED("gated"),
  /** As gated, and checked again at each call. */
  PER_CALL("per call"),
  /** Never linked: a component that imports it cannot be installed. */
  NEVER("never");

  private final String text;

  Permission(String text) {
    this.text = text;
  }

  /** Returns the word of the specification's table. */
  public String text() {
    return text;
  }
}
