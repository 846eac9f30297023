// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.capability;

/** Whether a component may be linked to everything that it imports. */
public sealed interface ImportVerdict {
  /** It may. */
  record Linkable() implements ImportVerdict {}

  /**
   * It may not, and so its bundle cannot be installed.
   *
   * @param component the component's path in its bundle
   * @param profile what it is for
   * @param importName the first import that stands in the way
   * @param reason why
   */
  record Unlinkable(String component, Profile profile, String importName, Reason reason)
      implements ImportVerdict {
    /** Returns the refusal as one sentence: component, profile, import, and what to do. */
    public String message() {
      String name = Capabilities.shortName(importName);
      return "component "
          + component
          + " of profile "
          + profile.text()
          + switch (reason) {
            case UNKNOWN -> " imports " + name + ", which no kernel offers; use an import of wit/";
            case LATER -> " imports " + name + ", which this version does not offer yet";
            case DENIED -> " imports " + name + ", which its profile denies; do without it";
            case UNDECLARED ->
                " imports " + name + ", which its manifest does not declare; add it to imports";
          };
    }
  }

  /** Why an import stands in the way. */
  enum Reason {
    /** No such import exists. */
    UNKNOWN,
    /** It is decided but not offered by this version. */
    LATER,
    /** The component's profile denies it. */
    DENIED,
    /** The manifest does not declare it for this component. */
    UNDECLARED
  }
}
