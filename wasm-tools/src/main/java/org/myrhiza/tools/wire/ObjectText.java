// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.tools.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;

/** Writes one JSON object, member by member. */
final class ObjectText {
  private final List<String> members = new ArrayList<>();

  /** A string or null. */
  ObjectText text(String name, @Nullable String value) {
    return raw(name, value == null ? "null" : Json.quote(value));
  }

  ObjectText number(String name, long value) {
    return raw(name, Long.toString(value));
  }

  /** An array with one value for each element, which {@code write} makes. */
  <T> ObjectText list(String name, List<T> elements, Function<T, String> write) {
    return raw(name, "[" + String.join(",", elements.stream().map(write).toList()) + "]");
  }

  /** Any JSON value. */
  ObjectText raw(String name, String json) {
    members.add(Json.quote(name) + ":" + json);
    return this;
  }

  /** All of it. */
  String end() {
    return "{" + String.join(",", members) + "}";
  }

  /** Reads a string or null. */
  static @Nullable String optional(JsonValue value) {
    return value instanceof JsonValue.JsonNull ? null : value.text();
  }
}
