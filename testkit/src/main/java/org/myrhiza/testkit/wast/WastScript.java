// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.wast;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.json.JsonValue.JsonNull;
import org.myrhiza.testkit.wast.WastCommand.Phase;

/**
 * A script.
 *
 * @param file its name
 * @param commands its forms, in order
 */
public record WastScript(String file, List<WastCommand> commands) {
  /** Copies the list. */
  public WastScript {
    commands = List.copyOf(commands);
  }

  /**
   * Reads what {@code apps/wast.mjs} wrote; its head says what that is.
   *
   * @param json one script
   * @return the same
   * @throws org.myrhiza.testkit.json.JsonException if it is something else
   */
  public static WastScript read(JsonValue json) {
    List<WastCommand> commands = new ArrayList<>();
    for (JsonValue command : json.at("commands").items()) {
      commands.add(command(command));
    }
    return new WastScript(json.at("file").text(), commands);
  }

  private static WastCommand command(JsonValue json) {
    int line = (int) json.at("line").number();
    return switch (json.at("type").text()) {
      case "component" -> new WastCommand.Component(line, optional(json, "name"), form(json));
      case "definition" -> new WastCommand.Definition(line, optional(json, "name"), form(json));
      case "instance" ->
          new WastCommand.Instance(line, optional(json, "name"), optional(json, "definition"));
      case "invoke" -> new WastCommand.Invoke(line, call(json));
      case "assert_return" ->
          new WastCommand.AssertReturn(
              line, call(json), WastValueReader.all(json.at("expected").items()));
      case "assert_trap" ->
          json.has("field")
              ? new WastCommand.AssertTrap(line, call(json), json.at("message").text())
              : new WastCommand.AssertTrapAtStart(line, form(json), json.at("message").text());
      case "assert_malformed" -> refused(line, Phase.MALFORMED, json);
      case "assert_invalid" -> refused(line, Phase.INVALID, json);
      case "assert_unlinkable" -> refused(line, Phase.UNLINKABLE, json);
      case "unknown" -> new WastCommand.Unknown(line, json.at("form").text());
      default -> new WastCommand.Unknown(line, json.at("type").text());
    };
  }

  private static WastCommand refused(int line, Phase phase, JsonValue json) {
    return new WastCommand.AssertRefused(line, phase, form(json), json.at("message").text());
  }

  private static WastForm form(JsonValue json) {
    String base64 = optional(json, "binary");
    if (base64 == null) {
      return new WastForm(null, json.at("parseError").text(), null);
    }
    String text = json.has("text") ? optional(json, "text") : null;
    return new WastForm(Bytes.adopt(Base64.getDecoder().decode(base64)), "", text);
  }

  private static WastCommand.Call call(JsonValue json) {
    return new WastCommand.Call(
        optional(json, "instance"),
        json.at("field").text(),
        WastValueReader.all(json.at("args").items()));
  }

  private static @Nullable String optional(JsonValue json, String name) {
    JsonValue value = json.at(name);
    return value instanceof JsonNull ? null : value.text();
  }
}
