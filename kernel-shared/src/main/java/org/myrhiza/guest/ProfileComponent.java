// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.capability.Profile;

/**
 * One component of a bundle.
 *
 * @param path its path in the bundle, for messages
 * @param profile what it is for
 * @param component its bytes
 * @param imports full names of the imports that the manifest declares for it
 */
public record ProfileComponent(
    String path, Profile profile, Bytes component, List<String> imports) {
  /** Copies the list. */
  public ProfileComponent {
    imports = List.copyOf(imports);
  }
}
