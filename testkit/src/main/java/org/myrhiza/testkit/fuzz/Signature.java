// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.engine.ValueKind;

/**
 * Types of a function as letters: i for i32, l for i64.
 *
 * @param params one letter for each parameter
 * @param results one letter for each result
 */
record Signature(String params, String results) {
  /** As {@code ModuleAssembler} writes it. */
  String text() {
    return params + ":" + results;
  }

  CoreSignature core() {
    return new CoreSignature(kinds(params), kinds(results));
  }

  private static List<ValueKind> kinds(String letters) {
    List<ValueKind> kinds = new ArrayList<>();
    for (int i = 0; i < letters.length(); i++) {
      kinds.add(letters.charAt(i) == 'i' ? ValueKind.I32 : ValueKind.I64);
    }
    return kinds;
  }
}
