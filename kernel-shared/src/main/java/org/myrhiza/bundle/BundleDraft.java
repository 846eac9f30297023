// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bundle;

import java.util.List;
import java.util.OptionalLong;

/**
 * What an author wrote in {@code manifest.toml}, with the bytes of the files that it names. Nothing
 * is checked yet; {@link BundleBuilder} does that.
 *
 * @param name the app's name
 * @param version its version label
 * @param applyFuel fuel of one apply call, if the author says
 * @param tags tags of its events, in any order
 * @param parts its components and other files, in any order
 */
public record BundleDraft(
    String name, String version, OptionalLong applyFuel, List<Tag> tags, List<DraftPart> parts) {
  /** Copies the lists. */
  public BundleDraft {
    tags = List.copyOf(tags);
    parts = List.copyOf(parts);
  }

  /**
   * A name for a payload tag.
   *
   * @param tag any number
   * @param name any text
   */
  public record Tag(int tag, String name) {}
}
