// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.capability;

import java.util.Collection;
import java.util.Optional;
import org.myrhiza.capability.ImportVerdict.Linkable;
import org.myrhiza.capability.ImportVerdict.Reason;
import org.myrhiza.capability.ImportVerdict.Unlinkable;

/**
 * The rule of linking: a component gets an import only if its profile permits it <em>and</em> its
 * manifest declares it. Interfaces of types reach nothing, so they need no declaration.
 */
public final class ImportCheck {
  private ImportCheck() {}

  /**
   * Checks what a component really imports.
   *
   * @param component its path, for the message
   * @param profile what it is for
   * @param declared full names that the manifest declares for it
   * @param imported full names of the interfaces that it imports, in its own order
   */
  public static ImportVerdict check(
      String component, Profile profile, Collection<String> declared, Collection<String> imported) {
    for (String name : imported) {
      Optional<Capability> row = Capabilities.find(name);
      Optional<Reason> denied = denial(profile, row);
      if (denied.isPresent()) {
        return new Unlinkable(component, profile, name, denied.get());
      }
      boolean types = row.isPresent() && row.get().surface() == Surface.TYPES;
      if (!types && !declared.contains(name)) {
        return new Unlinkable(component, profile, name, Reason.UNDECLARED);
      }
    }
    return new Linkable();
  }

  /**
   * Checks what a manifest declares for a component, before the component itself is looked at.
   *
   * @param component its path, for the message
   * @param profile what it is for
   * @param declared full names
   */
  public static ImportVerdict declared(
      String component, Profile profile, Collection<String> declared) {
    return check(component, profile, declared, declared);
  }

  private static Optional<Reason> denial(Profile profile, Optional<Capability> row) {
    if (row.isEmpty()) {
      return Optional.of(Reason.UNKNOWN);
    }
    if (row.get().permission(profile) == Permission.NEVER) {
      return Optional.of(Reason.DENIED);
    }
    return row.get().surface() == Surface.LATER ? Optional.of(Reason.LATER) : Optional.empty();
  }
}
