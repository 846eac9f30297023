// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value (RFC 8259). The accessors throw {@link JsonException} when the value is of another
 * kind: a test that reads a vector file wrongly fails with the reason.
 */
public sealed interface JsonValue {
  /**
   * An object, members in the order of the text.
   *
   * @param members the members by name
   */
  record JsonObject(Map<String, JsonValue> members) implements JsonValue {
    /** Copies the members and keeps their order. */
    public JsonObject {
      members = new LinkedHashMap<>(members);
    }
  }

  /**
   * An array.
   *
   * @param elements the elements in order
   */
  record JsonArray(List<JsonValue> elements) implements JsonValue {
    /** Copies the elements. */
    public JsonArray {
      elements = List.copyOf(elements);
    }
  }

  /**
   * A string.
   *
   * @param value the text without escapes
   */
  record JsonString(String value) implements JsonValue {}

  /**
   * A number, as it was written: tests decide how to read it.
   *
   * @param literal the number's text
   */
  record JsonNumber(String literal) implements JsonValue {}

  /**
   * True or false.
   *
   * @param value which
   */
  record JsonBoolean(boolean value) implements JsonValue {}

  /** The null value. */
  record JsonNull() implements JsonValue {}

  /**
   * A member of an object.
   *
   * @param name the member's name
   * @return its value
   */
  default JsonValue at(String name) {
    JsonValue value = object().members().get(name);
    if (value == null) {
      throw new JsonException("no member \"" + name + "\"");
    }
    return value;
  }

  /**
   * Whether an object has a member.
   *
   * @param name the member's name
   * @return true if it is there, be it null
   */
  default boolean has(String name) {
    return object().members().containsKey(name);
  }

  /**
   * This value as an object.
   *
   * @return itself
   */
  default JsonObject object() {
    if (this instanceof JsonObject object) {
      return object;
    }
    throw new JsonException("not an object");
  }

  /**
   * The elements of an array.
   *
   * @return the elements in order
   */
  default List<JsonValue> items() {
    if (this instanceof JsonArray array) {
      return array.elements();
    }
    throw new JsonException("not an array");
  }

  /**
   * The text of a string.
   *
   * @return the text without escapes
   */
  default String text() {
    if (this instanceof JsonString string) {
      return string.value();
    }
    throw new JsonException("not a string");
  }

  /**
   * The value of an integer of at most 64 bits.
   *
   * @return the integer
   */
  default long number() {
    if (this instanceof JsonNumber number) {
      return Json.integer(number.literal());
    }
    throw new JsonException("not a number");
  }

  /**
   * The value of true or false.
   *
   * @return which
   */
  default boolean bool() {
    if (this instanceof JsonBoolean bool) {
      return bool.value();
    }
    throw new JsonException("not a boolean");
  }

  /**
   * The bytes that a string of hexadecimal digits stands for.
   *
   * @return a new array
   */
  default byte[] hex() {
    return Json.hex(text());
  }
}
