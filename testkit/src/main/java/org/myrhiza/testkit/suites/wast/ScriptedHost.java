// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.wast;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.testkit.wast.WastHost;
import org.myrhiza.testkit.wast.WastValue;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.binary.WasmResult;

/** A host whose components say in plain words what becomes of them, and so do their exports. */
final class ScriptedHost implements WastHost {
  /** How often a function was entered. */
  int entered;

  @Override
  public WasmResult<?> validate(Bytes component) {
    return switch (instantiate(component, new TreeMap<>())) {
      case Start.Refused(WasmError error) -> new WasmResult.Failed<>(error);
      case Start.Started s -> new WasmResult.Ok<>("");
      case Start.Ended e -> new WasmResult.Ok<>("");
    };
  }

  @Override
  public Start instantiate(Bytes component, SortedMap<String, Instance> named) {
    String word = Utf8.decode(component).orThrow();
    return switch (word) {
      case "malformed" -> new Start.Refused(new WasmError.Malformed(0, word, "", ""));
      case "invalid" -> new Start.Refused(new WasmError.Invalid(0, word, "", ""));
      case "unlinkable" -> new Start.Refused(new WasmError.Unlinkable("", word, word, "", ""));
      case "refused" -> new Start.Refused(new WasmError.Refused(0, word, "", ""));
      case "streams", "magic" -> new Start.Refused(new WasmError.Unsupported(word, 0));
      case "trap" -> new Start.Ended(new End.Trapped("start"));
      case "broken" -> new Start.Ended(new End.Failed("host"));
      default -> new Start.Started(this::invoke);
    };
  }

  private End invoke(String export, List<WastValue> arguments) {
    entered++;
    return switch (export) {
      case "echo" -> new End.Returned(arguments.getFirst());
      case "nothing" -> new End.Returned(null);
      case "trap" -> new End.Trapped("asked to");
      default -> new End.Failed("no " + export);
    };
  }
}
