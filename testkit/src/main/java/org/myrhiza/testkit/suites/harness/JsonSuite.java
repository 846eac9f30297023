// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonException;
import org.myrhiza.testkit.json.JsonValue;

/** The JSON reader that other suites read their vectors with. */
public final class JsonSuite {
  /** Made once per test. */
  public JsonSuite() {}

  @Test
  void parse_allKindsOfValues_areRead() {
    JsonValue value =
        Json.parse(
            """
            {"text": "a\\u00e9\\n\\"", "list": [1, -2, 3.5e+1], "yes": true,
             "no": false, "none": null, "hex": "00fF"}
            """);
    assertEquals("a\u00e9\n\"", value.at("text").text());
    assertEquals(3, value.at("list").items().size());
    assertEquals(-2, value.at("list").items().get(1).number());
    assertTrue(value.at("yes").bool());
    assertTrue(value.has("none"));
    assertArrayEquals(new byte[] {0, -1}, value.at("hex").hex());
  }

  @Test
  void number_atTheEdgesOf64Bits_isExact() {
    assertEquals(Long.MAX_VALUE, Json.parse("9223372036854775807").number());
    assertEquals(Long.MIN_VALUE, Json.parse("-9223372036854775808").number());
    assertThrows(JsonException.class, () -> Json.parse("9223372036854775808").number());
    assertThrows(JsonException.class, () -> Json.parse("-9223372036854775809").number());
  }

  @Test
  void parse_brokenText_isRefused() {
    List<String> broken =
        List.of("", "{", "[1,]", "{\"a\":1,\"a\":2}", "01", "\"\\x\"", "tru", "1 2", "\"\n\"", "-");
    for (String text : broken) {
      assertThrows(JsonException.class, () -> Json.parse(text), text);
    }
    assertThrows(JsonException.class, () -> Json.parse("[".repeat(100_000)));
  }

  @Test
  void quote_anyText_isReadBack() {
    String text = "plain \"quoted\" \\ \u0000 \u00fc \ud83d\ude00";
    assertEquals(text, Json.parse(Json.quote(text)).text());
  }
}
