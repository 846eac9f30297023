// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.metering;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.suites.component.ComponentVectors;
import org.myrhiza.wasm.core.FeatureSet;

/** Writes what {@code ComponentVectorsSuite} checks. */
final class ComponentVectorsTest {
  /** Run on purpose only: see the end of {@code docs/spec/component.md}. */
  @Test
  @EnabledIfSystemProperty(named = "myrhiza.component.vectors", matches = "write")
  void writeVectors() throws IOException {
    StringBuilder json = new StringBuilder("{\n  \"version\": 0,\n  \"components\": [");
    String separator = "\n";
    for (Map.Entry<String, byte[]> each : ComponentVectors.all().entrySet()) {
      json.append(separator).append("    {\"name\": \"").append(each.getKey());
      json.append("\",\n     \"component\": \"").append(HexFormat.of().formatHex(each.getValue()));
      for (FeatureSet set : FeatureSet.values()) {
        json.append("\",\n     \"").append(set.name().toLowerCase(Locale.ROOT)).append("\": \"");
        json.append(ComponentVectors.verdict(each.getValue(), set));
      }
      json.append("\"}");
      separator = ",\n";
    }
    Path file = Repository.root().resolve("docs/spec/vectors/component.json");
    Files.writeString(file, json.append("\n  ]\n}\n"));
  }
}
