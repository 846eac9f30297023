// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bundle;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.capability.Capabilities;
import org.myrhiza.capability.Capability;
import org.myrhiza.capability.Surface;

/**
 * What people read before an app runs for the first time. Decided once, here: page and terminal
 * show these lines as they are. A manifest's texts are plain ASCII, so none can pose as a line of
 * its own.
 */
public final class Consent {
  private Consent() {}

  /** Returns the summary, one text per line, without line ends. */
  public static List<String> summary(Manifest manifest) {
    List<String> lines = new ArrayList<>();
    lines.add(manifest.name() + " " + manifest.version());
    lines.add("author " + manifest.author().userText());
    lines.add("bundle " + manifest.id().text());
    List<String> asked = asked(manifest);
    if (asked.isEmpty()) {
      lines.add("This app asks for nothing.");
    } else {
      lines.add("This app asks to:");
      asked.forEach(words -> lines.add("- " + words));
    }
    lines.add("It cannot reach files, the network, your private keys or any other app.");
    return lines;
  }

  private static List<String> asked(Manifest manifest) {
    List<String> names = manifest.capabilities();
    List<String> words = new ArrayList<>();
    for (Capability row : Capabilities.matrix()) {
      if (row.surface() != Surface.TYPES && names.contains(row.name())) {
        words.add(row.words());
      }
    }
    return words;
  }
}
