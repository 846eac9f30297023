// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.crossing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.component.ComponentValidator;
import org.myrhiza.wasm.component.ValidComponent;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.value.Value;
import org.myrhiza.wasm.value.Wave;
import org.myrhiza.wasm.value.WaveError;
import org.myrhiza.wasm.value.WaveResult;
import org.myrhiza.wasm.wit.WitText;

/** An exchange for people, when something is wrong with it. */
public final class ExchangeText {
  private ExchangeText() {}

  /**
   * Writes an exchange: the seed, the types in WIT, the values in WAVE.
   *
   * @param batch whose seed and encoding it is of
   * @param exchange one of the batch's
   * @return lines of text
   */
  public static String of(Batch batch, Exchange exchange) {
    Batch alone = new Batch(batch.seed(), batch.encoding(), List.of(exchange));
    String index = "" + batch.exchanges().indexOf(exchange);
    StringBuilder out = new StringBuilder("seed " + batch.seed() + ", exchange " + index);
    out.append(", strings in ").append(batch.encoding().text()).append('\n').append(wit(alone));
    for (int i = 0; i < exchange.arguments().size(); i++) {
      ValueType.Field param = exchange.type().params().get(i);
      out.append(param.name()).append(": ").append(wave(param.type(), exchange.arguments().get(i)));
      out.append('\n');
    }
    return out.append("result: ")
        .append(wave(exchange.type().result(), exchange.result()))
        .toString();
  }

  private static String wit(Batch batch) {
    return switch (ComponentValidator.validate(batch.component(), FeatureSet.BRIDGE)) {
      case WasmResult.Ok<ValidComponent>(ValidComponent valid) -> WitText.of(valid.type());
      case WasmResult.Failed<ValidComponent>(WasmError error) -> error.message() + '\n';
    };
  }

  /**
   * Writes a value.
   *
   * @param type its type, null where there is none
   * @param value a value of it, null where there is none
   * @return its text in WAVE, or why there is none
   */
  public static String wave(@Nullable ValueType type, @Nullable Value value) {
    if (type == null || value == null) {
      return "nothing";
    }
    return switch (Wave.print(type, value)) {
      case WaveResult.Ok<String>(String text) -> text;
      case WaveResult.Failed<String>(WaveError error) -> "(" + error + ")";
    };
  }
}
