// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bundle;

import java.util.List;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.capability.Profile;

/**
 * What a manifest says about one part of its bundle.
 *
 * @param path its name: 1 to 128 bytes of lower-case letters, digits, hyphen, underscore and dot in
 *     segments between slashes, none of which begins with a dot
 * @param profile what it is for if it is a component; empty for any other file
 * @param imports full names of the imports that it may use, strictly ascending; none unless it is a
 *     component
 * @param size its bytes
 * @param hash BLAKE3 of its bytes, 32 bytes
 */
public record Part(
    String path, Optional<Profile> profile, List<String> imports, int size, Bytes hash) {
  /** Checks all that can be checked without the bytes. */
  public Part {
    imports = List.copyOf(imports);
    Fault fault = Rules.part(path, profile, imports, size, hash);
    if (fault != null) {
      throw fault.asBug();
    }
  }
}
