// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.tools.run;

import java.util.List;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.link.ExportedFunction;
import org.myrhiza.wasm.value.Value;
import org.myrhiza.wasm.value.Wave;
import org.myrhiza.wasm.value.WaveError;
import org.myrhiza.wasm.value.WaveResult;

/**
 * A call as it is written: {@code name(arguments)} or {@code interface#name(arguments)}.
 *
 * @param text all of it
 * @param name the export's name
 * @param open where its opening parenthesis stands
 */
record Invocation(String text, String name, int open) {
  /** Reads the name. */
  static Invocation of(String text) throws Unanswered {
    int open = text.indexOf('(');
    String name = open < 0 ? "" : text.substring(0, open).strip();
    if (name.isEmpty()) {
      throw Unanswered.misuse(
          "invocation",
          "--invoke: seen \"" + text + "\", allowed NAME(ARGUMENTS)",
          "Functions without parameters are called as 'NAME()'.",
          "character 0");
    }
    return new Invocation(text, name, open);
  }

  /** The function that it calls. */
  ExportedFunction function(Blueprint blueprint) throws Unanswered {
    ExportedFunction found = blueprint.export(name);
    if (found == null) {
      List<String> exports = blueprint.exports();
      throw Unanswered.misuse(
          "no-export",
          "no exported function " + name,
          exports.isEmpty() ? "It exports none." : "Exported: " + String.join(", ", exports),
          name);
    }
    return found;
  }

  /** Its arguments, of the function's types. */
  Value[] arguments(ExportedFunction function) throws Unanswered {
    return switch (Wave.parseArguments(function.type().params(), text, open)) {
      case WaveResult.Ok<List<Value>>(List<Value> values) -> values.toArray(Value[]::new);
      case WaveResult.Failed<List<Value>>(WaveError error) ->
          throw Unanswered.misuse(
              "arguments",
              "--invoke: " + error.message(),
              "Arguments are written in WAVE: f(\"a\", [1, 2], {x: 3}).",
              "character " + error.position());
    };
  }
}
