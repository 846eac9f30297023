// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.value;

import java.util.List;
import org.myrhiza.wasm.component.ValueType;

/**
 * Values as text for people: WAVE (component-model, design/mvp/WAVE.md). Maps are lists of pairs
 * and lists of a fixed length are lists. Handles have no text.
 *
 * <p>What is written is the same everywhere: options and results in their long form, fields that
 * are none left out, floats with the fewest digits that name them. All forms are read.
 */
public final class Wave {
  private Wave() {}

  /**
   * Reads one value.
   *
   * @param type its type
   * @param text the whole text; comments and space around the value are fine
   */
  public static WaveResult<Value> parse(ValueType type, String text) {
    try {
      WaveParser parser = new WaveParser(WaveReader.over(text, 0));
      Value value = parser.value(type);
      parser.end();
      return new WaveResult.Ok<>(value);
    } catch (WaveException wrong) {
      return new WaveResult.Failed<>(wrong.error());
    }
  }

  /**
   * Reads the arguments of a call: values in parentheses. Arguments at the end that are none may be
   * left out.
   *
   * @param params names and types
   * @param text a text whose rest, from {@code from} on, is the arguments
   * @param from where the opening parenthesis stands, or space or comments before it
   */
  public static WaveResult<List<Value>> parseArguments(
      List<ValueType.Field> params, String text, int from) {
    try {
      WaveParser parser = new WaveParser(WaveReader.over(text, from));
      List<Value> values = parser.arguments(params);
      parser.end();
      return new WaveResult.Ok<>(values);
    } catch (WaveException wrong) {
      return new WaveResult.Failed<>(wrong.error());
    }
  }

  /**
   * Writes a value. The text has no line end and no character that moves a terminal's cursor.
   *
   * @param type its type
   * @param value a value of it
   * @return the text, or why there is none: it would be too long, or has a handle
   * @throws IllegalArgumentException if the value is not of the type
   */
  public static WaveResult<String> print(ValueType type, Value value) {
    try {
      return new WaveResult.Ok<>(new WavePrinter().print(type, value));
    } catch (WaveException wrong) {
      return new WaveResult.Failed<>(wrong.error());
    }
  }
}
