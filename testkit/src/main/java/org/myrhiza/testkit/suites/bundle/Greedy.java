// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.bundle;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.bundle.Manifest;
import org.myrhiza.bundle.Part;

/** Manifests that no honest tool writes: the builder refuses them, but a signature does not. */
final class Greedy {
  private Greedy() {}

  static Manifest withImport(Manifest manifest, String path, String importName) {
    List<Part> parts = new ArrayList<>();
    for (Part part : manifest.parts()) {
      List<String> imports = new ArrayList<>(part.imports());
      if (part.path().equals(path)) {
        imports.add(importName);
        imports.sort(null);
      }
      parts.add(new Part(part.path(), part.profile(), imports, part.size(), part.hash()));
    }
    return new Manifest(
        manifest.name(),
        manifest.version(),
        manifest.author(),
        manifest.applyFuel(),
        manifest.tags(),
        parts);
  }
}
