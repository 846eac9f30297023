// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.capability;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * One row of the matrix: an import and what each profile says to it.
 *
 * @param name the interface's name without package and version, as manifests may write it
 * @param surface what stands behind it
 * @param permissions one for every profile
 * @param words what it lets an app do, to follow "this app asks to"
 */
public record Capability(
    String name, Surface surface, Map<Profile, Permission> permissions, String words) {
  /** Checks that there is one permission for each profile. */
  public Capability {
    permissions = Collections.unmodifiableMap(new EnumMap<>(permissions));
    for (Profile profile : Profile.values()) {
      if (!permissions.containsKey(profile)) {
        throw new IllegalArgumentException(name + ": nothing for " + profile.text());
      }
    }
  }

  /** Returns what the profile says to it. */
  public Permission permission(Profile profile) {
    return Objects.requireNonNull(permissions.get(profile));
  }

  /** Returns the name that a component imports it by, with package and version. */
  public String importName() {
    return Capabilities.PACKAGE + "/" + name + "@" + Capabilities.VERSION;
  }
}
