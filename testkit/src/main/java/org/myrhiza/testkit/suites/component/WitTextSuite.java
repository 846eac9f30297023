// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.vectors.VectorFiles;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.component.ComponentValidator;
import org.myrhiza.wasm.component.DefinedType.ComponentType;
import org.myrhiza.wasm.component.DefinedType.ExternType;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.ValidComponent;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.wit.WitText;

/** What a component's type looks like as text: pinned, and the same on every stack. */
public final class WitTextSuite {
  private static final int MOST_CHARS = (1 << 20) + 1_000;

  /** Makes the suite. */
  public WitTextSuite() {}

  private static String text(byte[] component) {
    return switch (ComponentValidator.validate(component, FeatureSet.BRIDGE)) {
      case WasmResult.Ok<ValidComponent>(ValidComponent valid) -> WitText.of(valid.type());
      case WasmResult.Failed<ValidComponent>(WasmError error) -> fail(error.message());
    };
  }

  @Test
  void texts_areThoseOfTheVector() {
    JsonValue golden = Json.parse(VectorFiles.spec("wit-text.json"));
    for (JsonValue each : golden.at("components").items()) {
      List<String> lines = new ArrayList<>();
      each.at("wit").items().forEach(line -> lines.add(line.text()));
      byte[] component =
          each.has("binary")
              ? each.at("binary").hex()
              : VectorFiles.built("target/" + each.at("built").text());
      String name = each.at("name").text();
      assertEquals(String.join("\n", lines) + "\n", text(component), name);
    }
    assertEquals(4, golden.at("components").items().size());
  }

  @Test
  void endlessTypes_areCutOff() {
    Map<String, ExternType> imports = new LinkedHashMap<>();
    for (int i = 0; i < 100_000; i++) {
      imports.put("function-" + i, new ExternType.Function(new FunctionType(List.of(), null)));
    }
    String text = WitText.of(new ComponentType(imports, imports, List.of(), List.of(), 1));
    assertTrue(text.endsWith("// cut off here: the text is too long\n"));
    assertTrue(text.length() < MOST_CHARS, "" + text.length());
  }
}
