// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bundle;

import java.util.List;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.capability.Profile;

/**
 * One file of a draft.
 *
 * @param path its path in the bundle
 * @param profile what it is for if it is a component
 * @param imports the imports that the author declares for it, by short or full name, in any order
 * @param content its bytes
 */
public record DraftPart(
    String path, Optional<Profile> profile, List<String> imports, Bytes content) {
  /** Copies the list. */
  public DraftPart {
    imports = List.copyOf(imports);
  }
}
