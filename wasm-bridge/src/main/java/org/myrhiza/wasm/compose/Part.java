// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.compose;

import java.util.Map;
import java.util.TreeMap;
import org.myrhiza.wasm.component.DefinedType.ComponentType;
import org.myrhiza.wasm.component.DefinedType.ExternType;

/** A component that is to be linked with others; its types are numbered with theirs. */
final class Part {
  private final int number;
  private final String name;
  private final byte[] bytes;
  private final ComponentType type;

  /** For each import that an earlier part serves: that part. */
  private final Map<String, Part> links = new TreeMap<>();

  Part(int number, String name, byte[] bytes, ComponentType type) {
    this.number = number;
    this.name = name;
    this.bytes = bytes;
    this.type = type;
  }

  int number() {
    return number;
  }

  String name() {
    return name;
  }

  byte[] bytes() {
    return bytes;
  }

  Map<String, ExternType> imports() {
    return type.imports();
  }

  Map<String, ExternType> exports() {
    return type.exports();
  }

  /** One of the exports. */
  ExternType export(String exported) {
    ExternType found = type.exports().get(exported);
    if (found == null) {
      throw new IllegalStateException("no export " + exported);
    }
    return found;
  }

  Map<String, Part> links() {
    return links;
  }
}
