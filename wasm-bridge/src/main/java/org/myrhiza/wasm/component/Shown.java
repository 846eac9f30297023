// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import org.myrhiza.wasm.component.DefinedType.ExternType;

/** Values in messages. */
final class Shown {
  private Shown() {}

  static String hex(int value) {
    return "0x" + Integer.toHexString(value);
  }

  /** What kind of thing an extern type describes, with its article. */
  static String sort(ExternType type) {
    return switch (type) {
      case ExternType.Function f -> "a function";
      case ExternType.Type t -> "a type";
      case ExternType.Instance i -> "an instance";
      case ExternType.OfComponent c -> "a component";
      case ExternType.OfModule m -> "a core module";
    };
  }
}
