// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.capability;

/** What stands behind a name of the matrix in this version of the kernel. */
public enum Surface {
  /** An interface of types only. It reaches nothing and needs no declaration. */
  TYPES("types"),
  /** An interface whose functions the kernel offers. */
  FUNCTIONS("offered"),
  /** Decided, but not offered yet: a component that imports it cannot be installed. */
  LATER("later");

  private final String text;

  Surface(String text) {
    this.text = text;
  }

  /** Returns the word of the specification's table. */
  public String text() {
    return text;
  }
}
