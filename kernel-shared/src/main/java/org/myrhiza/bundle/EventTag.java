// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bundle;

import org.jspecify.annotations.Nullable;

/**
 * The name of a payload tag, for logs and people; the app itself never sees it.
 *
 * @param tag at least 1; 0 is the topic's creation
 * @param name lower-case letters, digits and hyphens, beginning with a letter, 1 to 64 bytes
 */
public record EventTag(int tag, String name) {
  /** Checks both. */
  public EventTag {
    Fault fault = Rules.tag(tag, name);
    if (fault != null) {
      throw fault.asBug();
    }
  }

  static @Nullable EventTag find(Iterable<EventTag> tags, int tag) {
    for (EventTag candidate : tags) {
      if (candidate.tag == tag) {
        return candidate;
      }
    }
    return null;
  }
}
