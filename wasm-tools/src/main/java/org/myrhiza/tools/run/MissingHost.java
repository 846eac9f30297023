// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.tools.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.myrhiza.wasm.link.HostBinder;
import org.myrhiza.wasm.link.HostBody;
import org.myrhiza.wasm.link.ImportedFunction;
import org.myrhiza.wasm.link.ImportedResource;

/** A host without anything, that keeps the names of what it was asked for. */
final class MissingHost implements HostBinder {
  private final List<String> names = new ArrayList<>();

  /** What it was asked for, each once. */
  List<String> names() {
    return names;
  }

  @Override
  public HostBody bind(ImportedFunction function) {
    note(function.instance(), function.name());
    return (arguments, call) -> null;
  }

  @Override
  public IntConsumer destructor(ImportedResource resource) {
    note(resource.instance(), resource.name());
    return representation -> {};
  }

  private void note(String instance, String name) {
    String full = instance.isEmpty() ? name : instance + "#" + name;
    if (!names.contains(full)) {
      names.add(full);
    }
  }
}
