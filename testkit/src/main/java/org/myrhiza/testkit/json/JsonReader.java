// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.myrhiza.testkit.json.JsonValue.JsonArray;
import org.myrhiza.testkit.json.JsonValue.JsonBoolean;
import org.myrhiza.testkit.json.JsonValue.JsonNull;
import org.myrhiza.testkit.json.JsonValue.JsonNumber;
import org.myrhiza.testkit.json.JsonValue.JsonObject;
import org.myrhiza.testkit.json.JsonValue.JsonString;

/** Reads one text by recursive descent; the depth is counted, since stacks differ. */
final class JsonReader {
  private static final int MAX_DEPTH = 64;

  private final String text;
  private int at;

  JsonReader(String text) {
    this.text = text;
  }

  JsonValue readAll() {
    JsonValue value = readValue(0);
    skipSpace();
    if (at != text.length()) {
      throw wrong("the end");
    }
    return value;
  }

  private JsonValue readValue(int depth) {
    if (depth > MAX_DEPTH) {
      throw new JsonException("nested deeper than " + MAX_DEPTH + " at " + at);
    }
    skipSpace();
    return switch (peek()) {
      case '{' -> readObject(depth);
      case '[' -> readArray(depth);
      case '"' -> new JsonString(readString());
      case 't' -> readWord("true", new JsonBoolean(true));
      case 'f' -> readWord("false", new JsonBoolean(false));
      case 'n' -> readWord("null", new JsonNull());
      default -> readNumber();
    };
  }

  private JsonValue readObject(int depth) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    at++;
    if (!skipTo('}')) {
      do {
        skipSpace();
        String name = readString();
        expect(':');
        if (members.put(name, readValue(depth + 1)) != null) {
          throw new JsonException("member \"" + name + "\" twice before " + at);
        }
      } while (skipTo(','));
      expect('}');
    }
    return new JsonObject(members);
  }

  private JsonValue readArray(int depth) {
    List<JsonValue> elements = new ArrayList<>();
    at++;
    if (!skipTo(']')) {
      do {
        elements.add(readValue(depth + 1));
      } while (skipTo(','));
      expect(']');
    }
    return new JsonArray(elements);
  }

  private String readString() {
    if (peek() != '"') {
      throw wrong("a string");
    }
    at++;
    var out = new StringBuilder();
    while (peek() != '"') {
      char c = next();
      if (c < ' ') {
        throw wrong("no control character in a string");
      }
      out.append(c == '\\' ? readEscape() : c);
    }
    at++;
    return out.toString();
  }

  private char readEscape() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          code = code << 4 | Json.nibble(next());
        }
        yield (char) code;
      }
      default -> throw wrong("an escape");
    };
  }

  private JsonValue readNumber() {
    int start = at;
    if (at < text.length() && text.charAt(at) == '-') {
      at++;
    }
    int first = at;
    readDigits();
    if (at - first > 1 && text.charAt(first) == '0') {
      throw wrong("no leading zero");
    }
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      readDigits();
    }
    if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      readDigits();
    }
    return new JsonNumber(text.substring(start, at));
  }

  private void readDigits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw wrong("a value");
    }
  }

  private JsonValue readWord(String word, JsonValue value) {
    if (!text.startsWith(word, at)) {
      throw wrong(word);
    }
    at += word.length();
    return value;
  }

  private void expect(char c) {
    if (!skipTo(c)) {
      throw wrong("'" + c + "'");
    }
  }

  private boolean skipTo(char c) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong("more text");
    }
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private JsonException wrong(String expected) {
    return new JsonException("expected " + expected + " at " + at + " of " + text.length());
  }
}
