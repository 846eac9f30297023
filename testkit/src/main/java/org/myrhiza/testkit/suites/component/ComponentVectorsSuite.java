// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.vectors.VectorFiles;
import org.myrhiza.wasm.core.FeatureSet;

/** Which components each set takes, and how it refuses others: {@code docs/spec/component.md}. */
public final class ComponentVectorsSuite {
  /** Made once per test. */
  public ComponentVectorsSuite() {}

  private static List<JsonValue> vectors() {
    return Json.parse(VectorFiles.spec("component.json")).at("components").items();
  }

  @Test
  @Proves({
    "COMPONENT-1",
    "COMPONENT-2",
    "COMPONENT-4",
    "COMPONENT-5",
    "COMPONENT-6",
    "COMPONENT-10"
  })
  void eachComponent_hasThePinnedVerdict() {
    for (JsonValue vector : vectors()) {
      String name = vector.at("name").text();
      byte[] component = vector.at("component").hex();
      for (FeatureSet set : FeatureSet.values()) {
        String key = set.name().toLowerCase(java.util.Locale.ROOT);
        assertEquals(
            vector.at(key).text(), ComponentVectors.verdict(component, set), name + ", " + key);
      }
    }
  }

  @Test
  void vectors_areAllComponents() {
    List<JsonValue> vectors = vectors();
    Map<String, byte[]> components = ComponentVectors.all();
    assertEquals(
        List.copyOf(components.keySet()), vectors.stream().map(v -> v.at("name").text()).toList());
    for (JsonValue vector : vectors) {
      String name = vector.at("name").text();
      assertArrayEquals(components.get(name), vector.at("component").hex(), name);
    }
  }
}
